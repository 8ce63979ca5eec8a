extension Culture {
  static let german = Culture(
    given: """
      Andreas Anja Björn=bjoern Christian Dörte=doerte Franz Günter=guenter \
      Hans-Jürgen=hans-juergen Heike Jörg=joerg Jürgen=juergen Karl Käthe=kaethe Lukas Markus \
      Petra Sören=soeren Stefan Ulrike Ursula Uwe Volker Wolfgang Yvonne
      """,
    family: """
      Bäcker=baecker Becker Böhm=boehm Fischer Größmann=groessmann Hoffmann Jäger=jaeger \
      Klein Köhler=koehler Krüger=krueger Lange Meyer Müller=mueller \
      Müller-Lüdenscheidt=mueller-luedenscheidt Neumann Richter Schäfer=schaefer Schmidt \
      Schröder=schroeder Schulz Strauß=strauss Vogel Weiß=weiss von_der_Heide=vonderheide
      """,
    domain: "de.example.com", language: "de-DE", phone: ("49", "0", ["151", "160", "171", "176"]))

  static let irish = Culture(
    given: """
      Aoife Brian Brigid Ciarán=ciaran Conor Deirdre Eoin Fergus Fionnuala Gráinne=grainne Liam \
      Mary Maeve Niall Niamh Órla=orla Pádraig=padraig Ruairí=ruairi Seán=sean Sinéad=sinead \
      Siobhán=siobhan Tadhg
      """,
    family: """
      Burke Byrne Daly Doyle Fitzgerald Gallagher Kelly Lynch McCarthy MacDonald Murphy Nolan \
      O’Brien=o'brien O'Connor=o'connor O’Neill=o'neill O'Sullivan=o'sullivan \
      Ó_Súilleabháin=osuilleabhain Quinn Ryan Smith Walsh Whelan
      """,
    domain: "ie.example.com", language: "en-IE", phone: ("353", "0", ["83", "85", "86", "87"]))

  static let french = Culture(
    given: """
      Amélie=amelie André=andre Benoît=benoit Chloé=chloe Édouard=edouard Émile=emile \
      François=francois Geneviève=genevieve Hélène=helene Jean-François=jean-francois Loïc=loic \
      Marie-Ève=marie-eve Noël=noel Océane=oceane René=rene Thérèse=therese Zoé=zoe
      """,
    family: """
      Beaulieu Bélanger=belanger Bernard Châtelain=chatelain D’Arcy=d'arcy De_La_Tour=delatour \
      Dubois Dupré=dupre Durand Fournier Gagné=gagne L’Hôpital=l'hopital Lefèvre=lefevre Leroux \
      Moreau Nguyễn-Petit=nguyen-petit Saint-Exupéry=saint-exupery
      """,
    domain: "fr.example.com", language: "fr-FR", phone: ("33", "0", ["6", "7"]))
}
