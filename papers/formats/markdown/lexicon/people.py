"""Given and family names of many languages and scripts: by them a name is known for one."""

# fmt: off
# Culture: given names, family names. A comma parts names that hold a blank.
NAMES = {
    "english": (
        (
            "Ada Alan Amy Ben Carol Dana Edward Emily Frank Grace Helen Ian Jane Jack Kate Liam "
            "Martha Neil Olivia Paul Rachel Samuel Tess Walter Zoe"
        ),
        (
            "Marsh Abbott Barlow Carver Dalton Ellery Fletcher Granger Hollis Ingram Jarvis "
            "Kendall Lockwood Merritt Norwood Osborne Prescott Quill Radley Sutton Thorne "
            "Underhill Vance Wexford Yardley O'Dell McBride Fitzroy Smith-Vale Young Long Small "
            "Page"
        ),
    ),
    "german": (
        (
            "Anna Bernd Clara Dieter Elke Friedrich Greta Hans-Peter Ilse Jürgen Käthe Lukas "
            "Mathias Nadja Otto Petra Rolf Sabine Thomas Ulrike Wolfgang"
        ),
        (
            "Ackermann,Böhm,Czerny,Dörfler,Ebner,Fuchs,Gäßler,Hölzl,Jäger,Kühn,Lindner,Müller,"
            "Nöth,Obermaier,Pfeiffer,Rößler,Schäfer,Tischler,Vogt,von der Heide,Weiß,Zöllner"
        ),
    ),
    "french": (
        (
            "Agnès Benoît Chloé Didier Élodie François Gaëlle Hervé Inès Jean-Luc Léa Maël "
            "Noémie Olivier Pascale René Sylvie Thérèse Yves"
        ),
        (
            "Aubert,Béranger,Cadieux,de la Tour,Deschamps,Étienne,Fauré,Giraud,Hébert,Jourdain,"
            "Lefèvre,Lemoine,Marchand,Noël,Pélissier,Rivière,Sauvé,Thibault,d'Arcy,Vasseur"
        ),
    ),
    "spanish": (
        (
            "Ana Begoña Carlos Diego Elena Fermín Gloria Hugo Inés José Lucía Martín Núria Óscar "
            "Pilar Ramón Sofía Tomás Verónica"
        ),
        (
            "Álvarez,Benítez,Castaño,del Río,Espinosa,Fernández,García Lorca,Herrero,Ibáñez,"
            "Jiménez,López,Muñoz,Núñez,Ordóñez,Peña,Quiroga,Rodríguez-Vega,Sánchez,Torres,Zúñiga"
        ),
    ),
    "portuguese": (
        (
            "Beatriz Caetano Dulce Eduardo Fátima Gonçalo Helena João Leonor Miguel Raquel Simão "
            "Tânia"
        ),
        (
            "Almeida,Brandão,Coutinho,da Silva,dos Santos,Esteves,Figueiró,Gonçalves,Magalhães,"
            "Nogueira,Pinhão,Queirós,Rebelo,Simões,Tavares"
        ),
    ),
    "italian": (
        (
            "Alessia Bruno Chiara Dario Elisa Fabio Giulia Luca Marta Niccolò Paola Renzo Silvia "
            "Tiziano"
        ),
        (
            "Abruzzi,Bellini,Colonna,De Luca,Esposito,Ferraro,Galli,Lo Presti,Moretti,Nardi,"
            "Orlando,Pellegrino,Ricci,Santoro,Vitale,Zanetti"
        ),
    ),
    "dutch": (
        (
            "Anneke Bas Cornelis Daan Evelien Floris Geert Hanneke Jeroen Lotte Maarten Sjoerd "
            "Willemijn"
        ),
        (
            "Bakker,de Vries,van Dijk,van den Berg,ter Horst,'t Hooft-Smit,Jansen,Kuipers,Meijer,"
            "Visser,van 't Veer,Zijlstra"
        ),
    ),
    "nordic": (
        (
            "Astrid Bjørn Dagny Einar Freja Gösta Håkon Ingrid Jón Kåre Linnéa Mårten Øystein "
            "Sigrún Søren Þórdís"
        ),
        (
            "Andersson,Bergström,Dahl,Eriksen,Gunnarsdóttir,Håkansson,Jørgensen,Kjær,Lindqvist,"
            "Nygård,Ødegaard,Pálsson,Rasmussen,Sjöberg,Åkesson"
        ),
    ),
    "slavic": (
        (
            "Agnieszka Bartosz Čeněk Dušan Eliška Goran Jiří Katarína Łucja Małgorzata Nikola "
            "Ondřej Paweł Řehoř Stanisław Tomáš Vesna Živa"
        ),
        (
            "Błaszczyk,Čermák,Dvořák,Đorđević,Horváth,Jabłoński,Kowalczyk,Lukić,Łukasik,Novák,"
            "Nowicki,Petrović,Šimůnek,Strzelecki,Wójcik,Zieliński,Žák"
        ),
    ),
    "turkic": (
        "Ayşe Barış Cem Deniz Elif Gökhan Işıl Kerem Ömer Selin Tuğçe Yiğit",
        "Akın,Bozkurt,Çelik,Demirbaş,Erdoğdu,Güneş,İnan,Kılıç,Öztürk,Şahin,Yıldırım",
    ),
    "hungarian": (
        "Ágnes Béla Csaba Dóra Ferenc György Ildikó Lajos Mátyás Réka Zoltán",
        "Ács,Balogh,Csányi,Erdős-Nagy,Fodor,Gáspár,Kőszegi,Lőrincz,Pálfi,Sipos,Tóth,Vörös",
    ),
    "pinyin": (
        (
            "Bo Chenyu Dan Fang Guoqiang Haoran Jie Jiayi Kai Lei Li Ming Ningning Peng Qian Rui "
            "Shuang Tao Wei Xiaoyu Xin Yan Yifan Yu Zhen Zihan Xiao-Long Yi-Ting"
        ),
        (
            "Bai Cai Chen Deng Fan Gao Guo Han Hu Huang Jiang Kong Li Liang Lin Liu Lu Luo Ma "
            "Pan Qin Shen Song Sun Tang Wang Wu Xie Xu Yang Ye Yu Zhang Zhao Zheng Zhou Zhu "
            "Ouyang Lü"
        ),
    ),
    "romaji": (
        "Aiko Daichi Emi Haruto Kenji Mariko Naoki Rina Satoshi Shun'ichi Takumi Yūko Yoshihiro",
        (
            "Arakawa Fujita Hasegawa Ishikawa Kimura Kōno Matsuda Nakagawa Ogawa Ōtani Sakai "
            "Takeda Ueda"
        ),
    ),
    "korean latin": (
        (
            "Ara,Dong-hyun,Eunji,Ha-neul,Jihoon,Ji-woo,Kyung Min,Minseo,Seojun,Sung-ho,Yoona,"
            "Young Jae"
        ),
        "Ahn,Baek,Choi,Han,Jang,Jung,Kang,Kim,Kwon,Lee,Lim,Oh,Park,Seo,Shin,Yoon",
    ),
    "indian": (
        (
            "Aarav Anjali Deepa Gaurav Harish Ishita Kavya Lakshmi Manoj Neha Prakash Rohan "
            "Shreya Tanvi Vikram"
        ),
        (
            "Agarwal,Banerjee,Chatterjee,Deshpande,Ganesan,Iyer,Joshi,Krishnamurthy,Mehta,Nair,"
            "Patil,Raghunathan,Sengupta,Subramaniam,Venkatesan"
        ),
    ),
    "persian and arabic latin": (
        (
            "Amir,Bahar,Fatemeh,Ghazal,Hossein,Kian,Leila,Mahsa,Nima,Parisa,Reza,Abdulrahman,"
            "Huda,Khalid,Noura,Youssef,Zaynab"
        ),
        (
            "Ahmadi,al-Farsi,Al Mansouri,Bagheri,Ebrahimi,El-Sayed,Farahani,Haddad,Ibn Khalil,"
            "Jafari,Karimi,Mousavi,Najjar,Rahmani,Sabri,Tehrani"
        ),
    ),
    "vietnamese": (
        "Anh Bình Cường Dung Hạnh Khánh Linh Minh Ngọc Phương Quân Thảo Tuấn",
        "Bùi,Đặng,Đỗ,Hoàng,Huỳnh,Lê,Lý,Ngô,Nguyễn,Phạm,Phan,Trần,Trịnh,Võ,Vũ",
    ),
    "african": (
        "Abena Chidi Folake Kwame Lindiwe Mosi Ngozi Sipho Tendai Wanjiru Yetunde",
        "Achebe Boateng Dlamini Eze Kamau Mensah Mwangi Ndiaye Okafor Okoro Sithole Traoré",
    ),
    "hebrew latin": (
        "Avi Dana Eitan Gal Hila Itai Lior Maya Noa Omer Shira Tamar Uri Yael",
        (
            "Abramov,Bar-Lev,Ben Ari,Cohen,Dayan,Even-Tov,Gil'ad,Halevi,Katzir,Levi,Mizrahi,"
            "Peretz,Shalev"
        ),
    ),
    "russian latin": (
        (
            "Aleksei Boris Dmitri Ekaterina Galina Igor Ksenia Lyudmila Mikhail Natalia Pavel "
            "Svetlana"
        ),
        (
            "Abramova Belov Chernov Egorov Fedotov Gusev Ivanenko Kovalchuk Lebedev Morozov "
            "Orlov Sokolova Tikhonov Volkov Yakovlev Zhukova"
        ),
    ),
    "chinese": (
        (
            "伟 芳 娜 敏 静 磊 强 洋 艳 勇 军 杰 涛 明 超 秀英 建国 志强 晓明 雨桐 子涵 浩然 "
            "思远 嘉怡 文博"
        ),
        (
            "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 "
            "邓 曹 欧阳 司马"
        ),
    ),
    "traditional chinese": (
        "偉 芳 靜 淑芬 志明 家豪 雅婷 俊傑 怡君 宗翰 佩珊 建宏",
        "陳 林 黃 張 李 王 吳 劉 蔡 楊 許 鄭 謝 郭 洪 邱 曾 廖 賴 徐",
    ),
    "japanese": (
        "太郎 花子 健二 美咲 大輔 直樹 由美子 翔 さくら 和也 恵 拓海 陽子 ケン",
        (
            "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 斎藤 松本 井上 木村 林 "
            "清水 森"
        ),
    ),
    "korean": (
        "민준 서연 지훈 수빈 도윤 하은 예준 지우 현우 유진 성호 은지 태현 미영",
        "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 남궁",
    ),
    "cyrillic": (
        (
            "Алексей Анна Борис Виктор Галина Дмитрий Екатерина Игорь Ксения Людмила Михаил "
            "Наталья Олег Павел Светлана Тарас Юлия"
        ),
        (
            "Абрамов Белова Волков Гусев Демченко Егоров Жуков Зайцева Ковальчук Лебедев "
            "Морозова Никитин Орлов Петренко Соколов Тихонов Фёдоров Цветкова Шевченко Яковлев"
        ),
    ),
    "greek": (
        "Αλέξανδρος Βασιλική Γιώργος Δήμητρα Ελένη Θανάσης Ιωάννα Κώστας Μαρία Νίκος Σοφία",
        "Αντωνίου Βλάχος Γεωργίου Δημητρίου Ζαφειρίου Καραγιάννη Λάμπρου Μαυρίδης Παππάς Σταύρου",
    ),
    "arabic": (
        "أحمد بدر خالد سارة سعيد عمر فاطمة ليلى محمود مريم نور هدى ياسر يوسف",
        (
            "الأنصاري,البغدادي,الحسن,الخطيب,الشامي,القاسم,المصري,النجار,حداد,سليمان,صالح,"
            "عبد الله,منصور"
        ),
    ),
    "hebrew": (
        "אבי דנה גיל הילה יעל ליאור מאיה נועה עומר רוני שירה תמר",
        "אברהם,בן ארי,גולן,דיין,הלוי,כהן,לוי,מזרחי,פרץ,קציר,שלו",
    ),
    "hindi": (
        "अनिता आरव दीपा गौरव कविता मनोज नेहा प्रकाश रोहन सुनीता",
        "अग्रवाल कुमार चौधरी जोशी त्रिपाठी पटेल मिश्रा वर्मा शर्मा सिंह",
    ),
    "thai": (
        "กิตติ จิราพร ชัยวัฒน์ ณัฐ ธนา ปรียา พิมพ์ สมชาย สุดา อรุณ",
        "แก้วมณี จันทร์ดี ทองสุข บุญมี ศรีสุข สุขใจ อินทร์แก้ว",
    ),
}
# fmt: on
# Without a blank between the family name and the given one behind it.
GLUED = {"chinese", "traditional chinese", "japanese", "korean"}


def words_of(names: str) -> list[str]:
    return names.split(",") if "," in names else names.split()
