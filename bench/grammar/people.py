"""Invented people: given and family names of many languages and scripts, put together by chance,
and the ways in which lists write them."""

from dataclasses import dataclass
from random import Random

# fmt: off
# Culture: given names, family names. A comma parts names that hold a blank.
_NAMES = {
    "english": (
        "Ada Alan Amy Ben Carol Dana Edward Emily Frank Grace Helen Ian Jane Jack Kate Liam Martha "
        "Neil Olivia Paul Rachel Samuel Tess Walter Zoe",
        "Marsh Abbott Barlow Carver Dalton Ellery Fletcher Granger Hollis Ingram Jarvis Kendall "
        "Lockwood Merritt Norwood Osborne Prescott Quill Radley Sutton Thorne Underhill Vance "
        "Wexford Yardley O'Dell McBride Fitzroy Smith-Vale Young Long Small Page",
    ),
    "german": (
        "Anna Bernd Clara Dieter Elke Friedrich Greta Hans-Peter Ilse Jürgen Käthe Lukas Mathias "
        "Nadja Otto Petra Rolf Sabine Thomas Ulrike Wolfgang",
        "Ackermann,Böhm,Czerny,Dörfler,Ebner,Fuchs,Gäßler,Hölzl,Jäger,Kühn,Lindner,Müller,Nöth,"
        "Obermaier,Pfeiffer,Rößler,Schäfer,Tischler,Vogt,von der Heide,Weiß,Zöllner",
    ),
    "french": (
        "Agnès Benoît Chloé Didier Élodie François Gaëlle Hervé Inès Jean-Luc Léa Maël Noémie "
        "Olivier Pascale René Sylvie Thérèse Yves",
        "Aubert,Béranger,Cadieux,de la Tour,Deschamps,Étienne,Fauré,Giraud,Hébert,Jourdain,Lefèvre,"
        "Lemoine,Marchand,Noël,Pélissier,Rivière,Sauvé,Thibault,d'Arcy,Vasseur",
    ),
    "spanish": (
        "Ana Begoña Carlos Diego Elena Fermín Gloria Hugo Inés José Lucía Martín Núria Óscar Pilar "
        "Ramón Sofía Tomás Verónica",
        "Álvarez,Benítez,Castaño,del Río,Espinosa,Fernández,García Lorca,Herrero,Ibáñez,Jiménez,"
        "López,Muñoz,Núñez,Ordóñez,Peña,Quiroga,Rodríguez-Vega,Sánchez,Torres,Zúñiga",
    ),
    "portuguese": (
        "Beatriz Caetano Dulce Eduardo Fátima Gonçalo Helena João Leonor Miguel Raquel Simão Tânia",
        "Almeida,Brandão,Coutinho,da Silva,dos Santos,Esteves,Figueiró,Gonçalves,Magalhães,Nogueira,"
        "Pinhão,Queirós,Rebelo,Simões,Tavares",
    ),
    "italian": (
        "Alessia Bruno Chiara Dario Elisa Fabio Giulia Luca Marta Niccolò Paola Renzo Silvia Tiziano",
        "Abruzzi,Bellini,Colonna,De Luca,Esposito,Ferraro,Galli,Lo Presti,Moretti,Nardi,Orlando,"
        "Pellegrino,Ricci,Santoro,Vitale,Zanetti",
    ),
    "dutch": (
        "Anneke Bas Cornelis Daan Evelien Floris Geert Hanneke Jeroen Lotte Maarten Sjoerd Willemijn",
        "Bakker,de Vries,van Dijk,van den Berg,ter Horst,'t Hooft-Smit,Jansen,Kuipers,Meijer,"
        "Visser,van 't Veer,Zijlstra",
    ),
    "nordic": (
        "Astrid Bjørn Dagny Einar Freja Gösta Håkon Ingrid Jón Kåre Linnéa Mårten Øystein Sigrún "
        "Søren Þórdís",
        "Andersson,Bergström,Dahl,Eriksen,Gunnarsdóttir,Håkansson,Jørgensen,Kjær,Lindqvist,Nygård,"
        "Ødegaard,Pálsson,Rasmussen,Sjöberg,Åkesson",
    ),
    "slavic": (
        "Agnieszka Bartosz Čeněk Dušan Eliška Goran Jiří Katarína Łucja Małgorzata Nikola Ondřej "
        "Paweł Řehoř Stanisław Tomáš Vesna Živa",
        "Błaszczyk,Čermák,Dvořák,Đorđević,Horváth,Jabłoński,Kowalczyk,Lukić,Łukasik,Novák,Nowicki,"
        "Petrović,Šimůnek,Strzelecki,Wójcik,Zieliński,Žák",
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
        "Bo Chenyu Dan Fang Guoqiang Haoran Jie Jiayi Kai Lei Li Ming Ningning Peng Qian Rui "
        "Shuang Tao Wei Xiaoyu Xin Yan Yifan Yu Zhen Zihan Xiao-Long Yi-Ting",
        "Bai Cai Chen Deng Fan Gao Guo Han Hu Huang Jiang Kong Li Liang Lin Liu Lu Luo Ma Pan Qin "
        "Shen Song Sun Tang Wang Wu Xie Xu Yang Ye Yu Zhang Zhao Zheng Zhou Zhu Ouyang Lü",
    ),
    "romaji": (
        "Aiko Daichi Emi Haruto Kenji Mariko Naoki Rina Satoshi Shun'ichi Takumi Yūko Yoshihiro",
        "Arakawa Fujita Hasegawa Ishikawa Kimura Kōno Matsuda Nakagawa Ogawa Ōtani Sakai Takeda Ueda",
    ),
    "korean latin": (
        "Ara,Dong-hyun,Eunji,Ha-neul,Jihoon,Ji-woo,Kyung Min,Minseo,Seojun,Sung-ho,Yoona,Young Jae",
        "Ahn,Baek,Choi,Han,Jang,Jung,Kang,Kim,Kwon,Lee,Lim,Oh,Park,Seo,Shin,Yoon",
    ),
    "indian": (
        "Aarav Anjali Deepa Gaurav Harish Ishita Kavya Lakshmi Manoj Neha Prakash Rohan Shreya "
        "Tanvi Vikram",
        "Agarwal,Banerjee,Chatterjee,Deshpande,Ganesan,Iyer,Joshi,Krishnamurthy,Mehta,Nair,Patil,"
        "Raghunathan,Sengupta,Subramaniam,Venkatesan",
    ),
    "persian and arabic latin": (
        "Amir,Bahar,Fatemeh,Ghazal,Hossein,Kian,Leila,Mahsa,Nima,Parisa,Reza,Abdulrahman,Huda,"
        "Khalid,Noura,Youssef,Zaynab",
        "Ahmadi,al-Farsi,Al Mansouri,Bagheri,Ebrahimi,El-Sayed,Farahani,Haddad,Ibn Khalil,Jafari,"
        "Karimi,Mousavi,Najjar,Rahmani,Sabri,Tehrani",
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
        "Abramov,Bar-Lev,Ben Ari,Cohen,Dayan,Even-Tov,Gil'ad,Halevi,Katzir,Levi,Mizrahi,Peretz,Shalev",
    ),
    "russian latin": (
        "Aleksei Boris Dmitri Ekaterina Galina Igor Ksenia Lyudmila Mikhail Natalia Pavel Svetlana",
        "Abramova Belov Chernov Egorov Fedotov Gusev Ivanenko Kovalchuk Lebedev Morozov Orlov "
        "Sokolova Tikhonov Volkov Yakovlev Zhukova",
    ),
    "chinese": (
        "伟 芳 娜 敏 静 磊 强 洋 艳 勇 军 杰 涛 明 超 秀英 建国 志强 晓明 雨桐 子涵 浩然 思远 嘉怡 文博",
        "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 欧阳 司马",
    ),
    "traditional chinese": (
        "偉 芳 靜 淑芬 志明 家豪 雅婷 俊傑 怡君 宗翰 佩珊 建宏",
        "陳 林 黃 張 李 王 吳 劉 蔡 楊 許 鄭 謝 郭 洪 邱 曾 廖 賴 徐",
    ),
    "japanese": (
        "太郎 花子 健二 美咲 大輔 直樹 由美子 翔 さくら 和也 恵 拓海 陽子 ケン",
        "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 斎藤 松本 井上 木村 林 清水 森",
    ),
    "korean": (
        "민준 서연 지훈 수빈 도윤 하은 예준 지우 현우 유진 성호 은지 태현 미영",
        "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 남궁",
    ),
    "cyrillic": (
        "Алексей Анна Борис Виктор Галина Дмитрий Екатерина Игорь Ксения Людмила Михаил Наталья "
        "Олег Павел Светлана Тарас Юлия",
        "Абрамов Белова Волков Гусев Демченко Егоров Жуков Зайцева Ковальчук Лебедев Морозова "
        "Никитин Орлов Петренко Соколов Тихонов Фёдоров Цветкова Шевченко Яковлев",
    ),
    "greek": (
        "Αλέξανδρος Βασιλική Γιώργος Δήμητρα Ελένη Θανάσης Ιωάννα Κώστας Μαρία Νίκος Σοφία",
        "Αντωνίου Βλάχος Γεωργίου Δημητρίου Ζαφειρίου Καραγιάννη Λάμπρου Μαυρίδης Παππάς Σταύρου",
    ),
    "arabic": (
        "أحمد بدر خالد سارة سعيد عمر فاطمة ليلى محمود مريم نور هدى ياسر يوسف",
        "الأنصاري,البغدادي,الحسن,الخطيب,الشامي,القاسم,المصري,النجار,حداد,سليمان,صالح,عبد الله,منصور",
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
_ORGANISATIONS = (
    "Open Hive Consortium", "The Meadow Collaboration", "Quillworks Research", "Team Larch",
    "Nordlab AI", "Working Group on Soil", "Tern Collaboration", "HiveMind Team", "Basalt Labs",
    "Lantern-AI", "Ministry of Lists", "World Honey Organization",
)
_AFFILIATIONS = (
    "Hive Lab", "UC Meadow", "Univ. of Larch", "Quillworks", "TU Nordheim", "ETH Basel", "Nordlab",
    "Lantern AI", "National Univ. of Tern", "Basalt Research", "MIT", "Tsinghua", "KAIST", "INRIA",
)
_LATIN = (
    "english", "english", "english", "german", "french", "spanish", "portuguese", "italian",
    "dutch", "nordic", "slavic", "turkic", "hungarian", "pinyin", "pinyin", "romaji",
    "korean latin", "indian", "persian and arabic latin", "vietnamese", "african", "hebrew latin",
    "russian latin",
)
_CULTURES = {
    "de": ("german", "german", "nordic"), "fr": ("french", "french", "italian"),
    "es": ("spanish",), "pt": ("portuguese", "portuguese", "spanish"), "it": ("italian",),
    "nl": ("dutch", "dutch", "german"), "sv": ("nordic",), "pl": ("slavic",), "tr": ("turkic",),
    "hu": ("hungarian",), "vi": ("vietnamese",), "ru": ("cyrillic",), "uk": ("cyrillic",),
    "el": ("greek",), "zh": ("chinese",), "zh-tw": ("traditional chinese",), "ja": ("japanese",),
    "ko": ("korean",), "ar": ("arabic",), "he": ("hebrew",), "hi": ("hindi",), "th": ("thai",),
}
# Without a blank between the family name and the given one behind it.
_GLUED = {"chinese", "traditional chinese", "japanese", "korean"}
_FAMILY_FIRST = _GLUED | {"vietnamese"}
# Scripts without capitals, whose given names have no initials.
_NO_INITIALS = _GLUED | {"arabic", "hebrew", "hindi", "thai"}
AND_OTHERS = {
    "en": ("et al.", "et al.", "et al.", "et al", "et. al.", "etal.", "and others", "..."),
    "de": ("et al.", "u. a.", "u.a."), "fr": ("et al.", "et coll."), "es": ("et al.", "y otros", "y cols."),
    "pt": ("et al.", "e outros"), "it": ("et al.", "e altri"), "nl": ("e.a.", "et al."),
    "sv": ("m.fl.", "et al."), "pl": ("i in.", "et al."), "tr": ("vd.", "ve ark."),
    "hu": ("és mtsai.", "et al."), "vi": ("và cộng sự", "et al."), "ru": ("и др.",), "uk": ("та ін.",),
    "el": ("κ.ά.", "et al."), "zh": (" 等", "等", "等人"), "zh-tw": ("等", "等人"), "ja": ("他", "ら", "ほか"),
    "ko": (" 외", " 등"), "ar": ("وآخرون",), "he": ("ואחרים",), "hi": ("आदि", "et al."), "th": ("และคณะ",),
}
_AND = {
    "en": "and", "de": "und", "fr": "et", "es": "y", "pt": "e", "it": "e", "nl": "en", "sv": "och",
    "pl": "i", "tr": "ve", "hu": "és", "vi": "và", "ru": "и", "uk": "і", "el": "και",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Person:
    given: str
    family: str
    culture: str

    @property
    def is_organisation(self) -> bool:
        return not self.given

    @property
    def full(self) -> str:
        if not self.given:
            return self.family
        if self.culture in _FAMILY_FIRST:
            glue = "" if self.culture in _GLUED else " "
            return f"{self.family}{glue}{self.given}"
        return f"{self.given} {self.family}"

    @property
    def initials(self) -> str:
        if self.culture in _NO_INITIALS or not self.given:
            return ""
        return " ".join(f"{part[0]}." for part in self.given.replace("-", " ").split())

    @property
    def surname(self) -> str:
        """What the person is called in short: the whole name where the family's is one sign."""
        return self.full if self.culture in _GLUED else self.family


def person(random: Random, language: str) -> Person:
    """Someone who may have written a paper in that language."""
    if random.random() < 0.01:
        return Person("", random.choice(_ORGANISATIONS), "organisation")
    culture = random.choice(_CULTURES.get(language, _LATIN))
    given, family = (_split(names) for names in _NAMES[culture])
    first = random.choice(given)
    if culture == "english" and random.random() < 0.2:
        first += f" {random.choice('ABCDEFGHJKLMNPRSTW')}."
    return Person(first, random.choice(family), culture)


def people(random: Random, language: str) -> tuple[Person, ...]:
    """The authors of a paper: mostly a few, now and then very many."""
    count = random.choices((1, 2, 3, 4, 5, 6, 8, 14), (20, 26, 20, 12, 8, 6, 5, 3))[0]
    found = {one.full: one for one in (person(random, language) for _ in range(count))}
    return tuple(found.values())


def first_name(random: Random, language: str) -> str:
    """A person as a group calls them: the presenter of a paper, who proposed it."""
    one = person(random, language)
    short = one.full if one.is_organisation or one.culture in _GLUED else one.given.split()[0]
    return random.choice((short, short, one.full))


# The ways to write authors. Each takes them and the word for *and*.


def _in_full(them: tuple[Person, ...], word: str) -> str:
    return _listed([one.full for one in them], f" {word} ")


def _in_full_with_commas(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(one.full for one in them)


def _in_full_oxford(them: tuple[Person, ...], word: str) -> str:
    return _listed([one.full for one in them], f", {word} " if len(them) > 2 else f" {word} ")


def _initials_first(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(_short(one) for one in them)


def _initials_first_and(them: tuple[Person, ...], word: str) -> str:
    return _listed([_short(one) for one in them], f" {word} ")


def _apa(them: tuple[Person, ...], word: str) -> str:
    return _listed([_reversed(one) for one in them], ", & ")


def _harvard(them: tuple[Person, ...], word: str) -> str:
    return _listed([_reversed(one) for one in them], f" {word} ")


def _vancouver(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(
        f"{one.family} {one.initials.replace('. ', '').rstrip('.')}".strip() for one in them
    )


def _semicolons(them: tuple[Person, ...], word: str) -> str:
    return "; ".join(_family_given(one) for one in them)


def _bibtex(them: tuple[Person, ...], word: str) -> str:
    return " and ".join(_family_given(one) for one in them)


def _mla(them: tuple[Person, ...], word: str) -> str:
    names = [_family_given(them[0]), *(one.full for one in them[1:])]
    return _listed(names, f", {word} ")


def _surnames(them: tuple[Person, ...], word: str) -> str:
    return _listed([one.surname for one in them], f" {word} ")


def _surnames_ampersand(them: tuple[Person, ...], word: str) -> str:
    return _listed([one.surname for one in them], " & ")


def _capitals(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(
        f"{one.family.upper()}, {one.given}" if one.given else one.family for one in them
    )


def _starred(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(f"{one.full}{'*' if number < 2 else ''}" for number, one in enumerate(them))


def _ideographic(them: tuple[Person, ...], word: str) -> str:
    return "、".join(one.full for one in them)


def _full_width(them: tuple[Person, ...], word: str) -> str:
    return "，".join(one.full for one in them)


def _dots(them: tuple[Person, ...], word: str) -> str:
    return "・".join(one.full for one in them)


def _arabic_commas(them: tuple[Person, ...], word: str) -> str:
    return "، ".join(one.full for one in them)


WAYS = {
    "in full": _in_full,
    "in full, commas": _in_full_with_commas,
    "in full, oxford": _in_full_oxford,
    "initials first": _initials_first,
    "initials first, and": _initials_first_and,
    "apa": _apa,
    "harvard": _harvard,
    "vancouver": _vancouver,
    "semicolons": _semicolons,
    "bibtex": _bibtex,
    "mla": _mla,
    "surnames": _surnames,
    "surnames, ampersand": _surnames_ampersand,
    "capitals": _capitals,
    "starred": _starred,
    "ideographic": _ideographic,
    "full width": _full_width,
    "dots": _dots,
    "arabic commas": _arabic_commas,
    # These say one name and that there are others.
    "surname et al": _surnames,
    "name et al": _in_full,
    "reversed et al": _harvard,
}
_OF_SCRIPT = {
    "zh": ("ideographic", "full width", "in full, commas", "name et al"),
    "zh-tw": ("ideographic", "full width", "in full, commas", "name et al"),
    "ja": ("ideographic", "dots", "in full, commas", "full width", "name et al"),
    "ko": ("in full, commas", "name et al", "dots"),
    "ar": ("arabic commas", "in full, commas", "name et al", "surname et al"),
    "he": ("in full, commas", "surname et al", "surnames, ampersand"),
    "hi": ("in full, commas", "name et al"),
    "th": ("in full, commas", "name et al"),
}
_ANY = tuple(
    way
    for way in WAYS
    if way not in {"ideographic", "full width", "dots", "arabic commas", "starred"}
)


# Lists that people keep for themselves name people in short.
_SHORT = (
    "surnames",
    "surname et al",
    "surname et al",
    "surnames, ampersand",
    "surnames",
    "in full",
    "in full, commas",
    "name et al",
)


def ways(language: str) -> tuple[str, ...]:
    """The ways in which people are written in that language."""
    return _OF_SCRIPT.get(language, (*_ANY, "starred", *_SHORT))


def written(them: tuple[Person, ...], way: str, language: str, random: Random) -> str:
    """The authors as a list writes them."""
    word = _AND.get(language, "and")
    others = AND_OTHERS.get(language, AND_OTHERS["en"])
    if way.endswith("et al") and len(them) > 1:
        text = f"{WAYS[way](them[:1], word)}{_joined(random.choice(others))}"
    elif len(them) > random.choice((3, 6, 20)):
        text = f"{WAYS[way](them[:3], word)},{_joined(random.choice(others))}"
    elif way in {"surnames", "surnames, ampersand"} and len(them) > 2:
        text = f"{WAYS[way](them[:1], word)}{_joined(random.choice(others))}"
    else:
        text = WAYS[way](them, word)
    return text


def affiliation(random: Random) -> str:
    return random.choice(_AFFILIATIONS)


def _split(names: str) -> list[str]:
    return names.split(",") if "," in names else names.split()


def _joined(others: str) -> str:
    return others if others[0] in " 等" else f" {others}"


def _listed(names: list[str], last: str) -> str:
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _short(one: Person) -> str:
    return f"{one.initials} {one.family}" if one.initials else one.full


def _reversed(one: Person) -> str:
    return f"{one.family}, {one.initials}" if one.initials else one.full


def _family_given(one: Person) -> str:
    return one.full if not one.given or one.culture in _GLUED else f"{one.family}, {one.given}"
