extension Culture {
  static let polish = Culture(
    given: """
      Agnieszka Bożena=bozena Grażyna=grazyna Jędrzej=jedrzej Krzysztof Łucja=lucja Łukasz=lukasz \
      Małgorzata=malgorzata Michał=michal Paweł=pawel Rafał=rafal Stanisław=stanislaw \
      Święta=swieta Wojciech Zbigniew Żaneta=zaneta
      """,
    family: """
      Błaszczyk=blaszczyk Dąbrowska=dabrowska Gałązka=galazka Jabłoński=jablonski Kaczmarek \
      Kowalczyk Król=krol Łuczak=luczak Nowak Pająk=pajak Śliwiński=sliwinski Szczęsny=szczesny \
      Wiśniewska=wisniewska Wójcik=wojcik Zając=zajac Źrebak=zrebak
      """,
    domain: "pl.example.com", language: "pl-PL", phone: ("48", "", ["501", "602", "691"]))

  static let greek = Culture(
    given: """
      Αθανάσιος=athanasios Αικατερίνη=aikaterini Γεώργιος=georgios Δημήτρης=dimitris Ελένη=eleni \
      Ευάγγελος=evangelos Ιωάννης=ioannis Κωνσταντίνος=konstantinos Μαρία=maria Νίκος=nikos \
      Παρασκευή=paraskevi Σοφία=sofia Σπυρίδων=spyridon Χρήστος=christos
      """,
    family: """
      Αλεξίου=alexiou Αντωνίου=antoniou Βασιλείου=vasileiou Γεωργίου=georgiou Δημητρίου=dimitriou \
      Ιωαννίδης=ioannidis Καραγιάννης=karagiannis Μακρής=makris Νικολάου=nikolaou \
      Οικονόμου=oikonomou Παπαδόπουλος=papadopoulos Παππάς=pappas Σταύρου=stavrou Χατζής=chatzis
      """,
    domain: "gr.example.com", language: "el-GR", phone: ("30", "", ["694", "697", "698"]))

  static let ukrainian = Culture(
    given: """
      Андрій=andrii Богдан=bohdan Василь=vasyl Віктор=viktor Ганна=hanna Дмитро=dmytro \
      Євгенія=yevheniia Йосип=yosyp Ірина=iryna Катерина=kateryna Людмила=liudmyla \
      Олександр=oleksandr Оксана=oksana Сергій=serhii Тарас=taras Юлія=yuliia Щастя=shchastia
      """,
    family: """
      Бондаренко=bondarenko Гончар=honchar Гриценко=hrytsenko Заєць=zaiets Іваненко=ivanenko \
      Ковальчук=kovalchuk Кравченко=kravchenko Лисенко=lysenko Мельник=melnyk Павлюк=pavliuk \
      Петренко=petrenko Савченко=savchenko Ткаченко=tkachenko Шевченко=shevchenko Щербак=shcherbak \
      Юрченко=yurchenko Яценко=yatsenko
      """,
    domain: "ua.example.com", language: "uk-UA", phone: ("380", "0", ["50", "67", "93"]))

  static let turkish = Culture(
    given: """
      Ayşe=ayse Barış=baris Büşra=busra Çağlar=caglar Doğan=dogan Elif Gülşen=gulsen \
      Hüseyin=huseyin Işıl=isil İbrahim=ibrahim Mehmet Özge=ozge Pınar=pinar Şükrü=sukru \
      Tuğba=tugba Ümit=umit Yağmur=yagmur
      """,
    family: """
      Aydın=aydin Çelik=celik Çetinkaya=cetinkaya Demir Doğanay=doganay Erdoğan=erdogan \
      Güneş=gunes Işık=isik İnönü=inonu Kılıç=kilic Koç=koc Öztürk=ozturk Şahin=sahin \
      Şimşek=simsek Türkoğlu=turkoglu Yıldırım=yildirim Yılmaz=yilmaz
      """,
    domain: "tr.example.com", language: "tr-TR", phone: ("90", "0", ["532", "542", "555"]))
}
