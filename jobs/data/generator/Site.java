import java.util.List;

/** A place the company works at, with the names that are common there. Offices hold commas, quotes and line breaks, as addresses do. */
record Site(
        String country, String city, String office, String dialling, int weight, List<Name> given, List<Name> surnames) {

    static final List<Site> ALL = List.of(
            new Site("CH", "Zürich", "Haus Lindenhof\n3. Stock", "+4144", 24, german(), germanSurnames()),
            new Site("DE", "Berlin", "Campus Spree, Haus 2", "+4930", 18, german(), germanSurnames()),
            new Site("FR", "Lyon", "Tour Bellecour", "+3347", 12, Name.list("""
                    Camille, Chloé, Élodie, Inès, Léa, Manon, Noémie, Océane, Amélie, Benoît, Damien, Étienne, François, Gaël,
                    Hugo, Jérôme, Loïc, Mathieu, Rémi, Théo, Jean-Luc, Anne-Sophie"""), Name.list("""
                    Martin, Moreau, Lefèvre, Dubois, Garçon, Mercier, d’Arcy, Béranger, Chevalier, Delacroix, Fontaine, Gauthier,
                    Lemaître, Marchand, Noël, Perrin, Roussel, Saint-Clair, Vasseur, L’Hermitte""")),
            new Site("PL", "Kraków", "Biuro Kazimierz", "+4812", 10, Name.list("""
                    Agnieszka, Bożena, Ewa, Grażyna, Joanna, Katarzyna, Małgorzata, Zofia, Żaneta, Andrzej, Bartłomiej, Grzegorz,
                    Jacek, Łukasz, Michał, Paweł, Rafał, Stanisław, Wojciech"""), Name.list("""
                    Dąbek, Gołąb, Jeż, Kowalczyk, Kołodziej, Łuczak, Mazur, Michalak, Nowak, Pawlak, Róg, Sikora, Szymczak,
                    Śliwa, Wójcik, Zając, Żak, Ćwik""")),
            new Site("GR", "Αθήνα", "Πύργος Αττικής", "+3021", 6, Name.list("""
                    Αλέξανδρος=alexandros, Γιώργος=giorgos, Δήμητρα=dimitra, Ελένη=eleni, Ιωάννα=ioanna, Κώστας=kostas,
                    Μαρία=maria, Νίκος=nikos, Σοφία=sofia, Χρήστος=christos"""), Name.list("""
                    Αντωνίου=antoniou, Βασιλείου=vasileiou, Γεωργίου=georgiou, Δημητρίου=dimitriou, Ιωάννου=ioannou,
                    Νικολάου=nikolaou, Οικονόμου=oikonomou, Παναγιώτου=panagiotou, Στεφάνου=stefanou,
                    Χριστοδούλου=christodoulou""")),
            new Site("BG", "София", "Бизнес парк, сграда 4", "+3592", 6, Name.list("""
                    Борис=boris, Васил=vasil, Георги=georgi, Димитър=dimitar, Иван=ivan, Йордан=yordan, Калин=kalin,
                    Любомир=lyubomir, Петър=petar, Цветан=tsvetan"""), Name.list("""
                    Ангелов=angelov, Димитров=dimitrov, Желев=zhelev, Иванов=ivanov, Колев=kolev, Маринов=marinov,
                    Петров=petrov, Стоянов=stoyanov, Тодоров=todorov, Щерев=shterev""")),
            new Site("JP", "大阪", "梅田ひかりタワー\n12階", "+8166", 7, Name.list("""
                    美咲=misaki, 陽菜=hina, 葵=aoi, さくら=sakura, 健太=kenta, 大輔=daisuke, 翔=sho, 直樹=naoki, 恵=megumi,
                    𠮷乃=yoshino"""), Name.list("""
                    𠮷田=yoshida, 佐藤=sato, 鈴木=suzuki, 高橋=takahashi, 渡邊=watanabe, 髙﨑=takasaki, 森=mori, 松本=matsumoto,
                    𩸽川=hokkegawa, 中村=nakamura""")),
            new Site("BR", "São Paulo", "Edifício Jatobá", "+5511", 8, Name.list("""
                    Ana Júlia, Conceição, Flávia, Helena, João, José, Letícia, Luís, Mônica, Otávio, Patrícia, Rogério, Sebastião,
                    Thaís, Vinícius"""), Name.list("""
                    Araújo, Assunção, Brandão, Conceição, Gonçalves, Magalhães, Mendonça, Moraes, Nóbrega, Simões, da Silva,
                    dos Santos, Valadão""")),
            new Site("CA", "Toronto", "Suite 400, \"The Foundry\"", "+1416", 6, Name.list("""
                    Aisha, Bob, Charlotte, Dylan, Emma, Grace, Liam, Mason, Noah, Olivia, Siobhán, 민준=minjun, 서연=seoyeon,
                    Nguyệt, अनन्या=ananya, محمد=mohammed, נועה=noa"""), Name.list("""
                    MacDonald, Mitchell, Murphy, Nguyễn, O'Brien, Patel, Singh, Tremblay, Walker, 김=kim, 박=park, शर्मा=sharma,
                    العربي=alarabi, כהן=cohen""")),
            new Site("TR", "İstanbul", "Işıklar Plaza", "+9021", 3, Name.list("""
                    Ayşe, Büşra, Çağla, Emre, Gökçe, İpek, İlker, Işıl, Oğuz, Ümit"""), Name.list("""
                    Aydın, Çelik, Güneş, Işık, İnönü, Kılıç, Öztürk, Şahin, Yıldız""")));

    private static List<Name> german() {
        return Name.list("""
                Anna, Andrea, Beat, Christoph, Daniela, Eva-Maria, Fabian, Franziska, Günther, Hans-Peter, Heidi, Jörg, Jürgen,
                Käthe, Lukas, Maja, Markus, Michael, Monika, Nadine, Oliver, Peter, Regula, Sabine, Sören, Thomas, Ueli, Ursula,
                Vreni, Zoë""");
    }

    private static List<Name> germanSurnames() {
        return Name.list("""
                Ammann, Bär, Baumgärtner, Brändli, Egli, Fischer, Frei, Größmann, Hürlimann, Jäger, Käser, Keller, König, Kühne,
                Lüthi, Maier, Meier, Meyer, Möckli, Müller, Nägeli, Ochsner, Pfister, Röthlisberger, Schäfer, Schmid, Schröder,
                Strauß, Tschäppät, von Allmen, Weiß, Wüthrich, Zürcher, Zwahlen""");
    }
}
