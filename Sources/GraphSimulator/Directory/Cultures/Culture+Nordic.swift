extension Culture {
  static let finnish = Culture(
    given: """
      Aino Antti Eero Eeva Elina Esa Hanna Harri Heikki Helmi Ilkka Inkeri Jari Johanna Juha Jukka \
      Jyrki Kaisa Kalle Kari Katja Lauri Leena Liisa Maija Markku Matti Minna Mikko Outi \
      Päivi=paivi Pekka Pirkko Raija Reijo Riitta Sami Satu Seppo Sirpa Säde=sade Tapio Tarja \
      Teemu Timo Tuula Ulla Veikko Väinö=vaino Äijö=aijo
      """,
    family: """
      Aalto Ahonen Eskola Hakala Heikkinen Heinonen Hiltunen Hirvonen Huttunen Hyvönen=hyvonen \
      Hämäläinen=hamalainen Järvinen=jarvinen Kallio Karjalainen Kettunen Kinnunen Koivisto \
      Korhonen Koskinen Laine Laitinen Lehtinen Leppänen=leppanen Lehtonen Manninen Mattila \
      Mikkonen Miettinen Mustonen Mäkelä=makela Mäki-Ojala=maki-ojala Mäkinen=makinen Niemi \
      Nieminen Nurmi Ojala Pitkänen=pitkanen Rantanen Saarinen Salminen Salo Salonen Savolainen \
      Toivonen Tuominen Turunen Virtanen Väisänen=vaisanen Yli-Hukkala Öhman=ohman
      """,
    domain: "example.com", language: "fi-FI",
    phone: ("358", "0", ["40", "41", "44", "45", "50"]))

  static let swedish = Culture(
    given: """
      Anders Anna Astrid Åke=ake Åsa=asa Björn=bjorn Britt-Marie Elsa Erik Eva Göran=goran Gunnar \
      Håkan=hakan Hanna Ingrid Jörgen=jorgen Karin Kjell Lars Lena Linnéa=linnea Magnus \
      Märta=marta Mikael Nils Olof Pär=par Sigrid Sven Ulrika
      """,
    family: """
      Andersson Åberg=aberg Åkesson=akesson Bergström=bergstrom Björk=bjork Carlsson Dahlgren \
      Ekström=ekstrom Eriksson Forsberg Gustafsson Hägglund=hagglund Hansson Johansson Karlsson \
      Lindgren Lindström=lindstrom Löfgren=lofgren Lundqvist Månsson=mansson Nilsson \
      Nyström=nystrom Öberg=oberg Olsson Persson Sandberg Sjöberg=sjoberg Svensson \
      von_Rosen=vonrosen Wikström=wikstrom
      """,
    domain: "se.example.com", language: "sv-SE", phone: ("46", "0", ["70", "72", "73", "76"]))
}
