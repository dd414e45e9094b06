"""Invented titles: small word grammars in twenty-three languages.

Each language has phrases that need no inflection, and patterns that put them together. English,
in which most lists are kept, has more of both.
"""

import re
from random import Random

# fmt: off
_ENGLISH = {
    "a": (
        "sparse deep slow adaptive robust hidden local global honest efficient scalable "
        "probabilistic neural causal minimal optimal noisy dynamic distributed weak rational "
        "medieval urban tropical molecular quantum semantic private fair lazy cheap unequal early "
        "self-supervised low-rank end-to-end multi-agent zero-shot large-scale time-varying "
        "fault-tolerant data-driven human-centred non-convex post-war cross-border open-ended"
    ).split(),
    "n": (
        "bees|hives|networks|graphs|markets|memories|proofs|queues|languages|rivers|cities|auctions|"
        "clocks|gradients|kernels|sensors|harvests|cells|proteins|letters|maps|migrations|robots|"
        "caches|compilers|ledgers|wages|schools|forests|glaciers|lattices|manifolds|attention|"
        "consensus|pollination|inflation|trust|memory|translation|sleep|erosion|folding|pruning|"
        "reading groups|decision trees|word vectors|random walks|gene regulation|language models|"
        "coral reefs|supply chains|public goods|tree rings|data centers|network stacks|type systems|"
        "file systems|key-value stores|social preferences|honey production|event cameras|ice cores|"
        "phase transitions|medical images|protein structures|labor markets|galaxy clusters"
    ).split("|"),
    "d": (
        "image retrieval|speech recognition|dense meadows|small farms|noisy data|the wild|long texts|"
        "edge devices|rural schools|low-resource languages|three dimensions|finite fields|the Alps|"
        "early childhood|clinical trials|open quantum systems|large vocabularies|the brain|"
        "developing countries|the presence of noise|wide-area networks|medieval Europe|Sub-Saharan "
        "Africa|continuous time|high dimensions|the laboratory|multi-core machines|modern hardware|"
        "video understanding|drug discovery|machine translation|the nineteenth century"
    ).split("|"),
    "g": (
        "counting|learning|measuring|routing|pricing|mapping|folding|searching|rethinking|scaling|"
        "mitigating|reading|predicting|compressing|teaching|verifying|revisiting|understanding|"
        "sampling|aligning|detecting|governing|translating|growing|estimating|exploring|unlocking"
    ).split("|"),
    "q": (
        "limits|convergence|origins|geometry|cost|complexity|ethics|history|economics|stability|"
        "evolution|dynamics|decline|expressive power|sample complexity|social meaning|role|future"
    ).split("|"),
    "m": (
        "a survey|a review|a case study|a tutorial|lessons from ten years|evidence from {d}|"
        "theory and practice|a Bayesian approach|an introduction|a field experiment|"
        "methods and applications|a new benchmark for {d}|towards {a} {n}|a unified view|"
        "a randomized controlled trial|{g} {n} with {n}|from {n} to {n}|a {a} approach to {d}|"
        "a {a} model of {n}|a {a} system for {n} in {d}|the {q} of {n}|an open list of {n}|"
        "{a} {n} for {d}|do not count {n} as {n}|the {n} is the {n}|{n} can be {a} and {a}|"
        "design and implementation|past, present and future|some open problems|fast and {a} {n}"
    ).split("|"),
    "acronym": (
        "BeeNet|HIVE|WaxFormer|SwarmQL|PollenGAN|Nectar|LarchDB|TernNet|X-Hive|HoneyLM|BERTha|"
        "FlowMap++|DeepComb|Meadow-7B|QuillOS|MobileHive v2|iSwarm|ProtoBuzz|GraphLoom|Ensō|"
        "NeRFeather|3D-Comb|Skipper|Raftlet|Basalt|Tarn|DroneSLAM|SpaRTA|W2V-Bee|AutoApiary|Kestrel|netbee|mHive|eWax|swarmd|ghHive|pollenfs|µComb|rComb"
    ).split("|"),
    "name": (
        "Lamp|Anchor|Lantern|Harbor|Relay|Pebble|Juniper|Compass|Orchard|Marble|Willow|Heron|Clara|"
        "Hugo|Pavel|Ada|Marsh|Ortega|Noor|Blue Harbor|Deep Lantern|Open Orchard|Ada Lamp|"
        "Little Heron|Silent Relay|Clara Stone|Hugo Hill|Marsh and Willow"
    ).split("|"),
    "verb": "fail|generalize|sleep|swarm|matter|converge|scale|forget|learn|dance|cooperate".split("|"),
    "who": "Marsh|Bayes|Euler|Lindqvist|Noether|Turing|Darwin|Keynes|Hume".split("|"),
    "big": "five|seven|ten|100|1,000|a million|12|two".split("|"),
    "math": (
        r"$O(n \log n)$|$k$-means|$\ell_1$ norms|$L^p$ spaces|$\alpha$-divergences|$H \to b\bar{b}$|"
        r"$\sqrt{s} = 13$ TeV|$R^*$-trees"
    ).split("|"),
    "odd": (
        "<0.5 MB models|P = NP|C++|A* search|+1 or -1|R&D|Q&A|B-trees|24/7 operation|W@R|.NET|C#|"
        "50% dropout|COVID-19|HTTP/3|the #MeToo movement|1/f noise|µs-scale latency|TCP/IP"
    ).split("|"),
}
# Names that begin small wherever they are.
_LOWER = ("iSwarm", "netbee", "mHive", "eWax", "swarmd", "ghHive", "pollenfs", "µComb", "rComb")
_ENGLISH_PATTERNS = (
    "{g} {n}", "{g} {n} in {d}", "{a} {n}", "{a} {n} for {d}", "{n} and {n}", "{g} {a} {n} with {n}",
    "on the {q} of {n}", "on the {q} of {a} {n} in {d}", "the {q} of {n}", "towards {a} {n}",
    "{n}: {m}", "{a} {n}: {m}", "{g} {n}: {m}", "{acronym}: {g} {n} for {d}", "{acronym}: {a} {n}",
    "{acronym}: {m}", "{acronym}", "are {n} {a}?", "why do {n} {verb}?", "how {n} {verb}",
    "what can {n} tell us about {n}?", "do {n} {verb}? {m}", "{n} that {verb}", "{n} without {n}",
    "{n}, {n}, and {n}", "{a}, {a}, and {a}: {n} in {d}", "{n} in {d}", "{n} versus {n}",
    "{n} vs. {n}: {m}", "{big} {n} that {verb}", "{big} ways of {g} {n}", "{n} in {year}",
    "the {year} crisis of {n}", "{n} from {year} to {year}: {m}", "{who}'s {n} revisited",
    "the {who}-{who} inequality for {n}", "a theory of {n}", "a {q} of {n}", "{n} (extended abstract)",
    "{n} (or: how {n} {verb})", "{g} {n} at {odd}", "{odd} and the {q} of {n}", "{math} and {n}",
    "{g} {n} in {math}", "the {q} of {odd}", "{n}!", "{n}, part II", "{n} - {m}", "{n} – {m}",
    "a {a} model of {n}", "{g} without {g}", "{n} as {n}", "{g} to {verb}", "when do {n} {verb}?",
    "code {n} for {d}", "notes on {n}", "proceedings as {n}", "conference {n} and {q}",
    "a journal of {n}", "“{n}” in {d}", "{n} for {d}: is it {a}? {m}", "in search of {n}", "{g} on {n} by {g} {n}",
    "a {a} {a} framework for {g} {n} under {a} {n} with application to {n} in {d}",
    "{g} {a} {n} in {d} using {n} and {n}: {m}", "from {n} to {n}", "is {who} right about {n}?",
    "{acronym} and {acronym}: {m}", "{g} {n} ({acronym}) for {d}", "the {a} {n} ({acronym})", "{n} (nearly) by hand", "{g} (un){n} in {d}", "{g} {n} with O(1) {n}",
    "{n}, {n}, and {n}: {m}", "{g} {a}, {a} {n}", "{g} {n}, {g} {n}", "{a}, {a} {n} for {d}", "{n}: {a}, {a}, and {a}", "{acronym}: {g} {n}, {n} and {n} in {d}", "{g} {n}, fast and slow",
    "{n}, part {big}", "{g} {n} [and {n}]: {m}", "{g} [X] for {n}: {m}", "{a} {n} for {d} - {acronym}", "{g} {n} with {n}, {n}, and {n}", "{n}, {q}, and the {q} of {n}",
    "the {q} of {n}, {year}–{year}", "{a} {n} in, {a} {n} out", "{g} {n} through the lens of {n}", "{g} {n} by {g}: {m}", "{a} {n} - {acronym}", "a {a} approach to {n} - {acronym}", "{g} {n} in {d} - {acronym}", "{g} {n} with {a} {n} ({acronym})", "{a} {n} ({acronym})", "{a} {n} of {d} ({acronym})", "{n} (by {n})", "{g} {n} (and why {n} {verb})", "{g} {n} (up to {n}, {n})", "{n} in {d} (chapters {big} and {big})", "{g} {n} (short version)", "{n} & {n}", "{n}/{n} trade-offs in {d}", "{n} 2.0", "{g} {n} in the age of {n}", "{n}; {m}", "{n}. {m}",
    'the "{a} {n}" of {d}', '{g} {n} that "{verb}": {m}', '"{n}" and {n} in {d}', "{a} {n} [vision]", "{n} [extended version]", '{n}: why the "{n}" {verb}', "{g} {n} (and {n}): {m}", "{acronym}: {g} {n}", "{acronym}: {a} {n} for {g} {n}",
    "{acronym}-{verb}: {g} {n}", "{acronym} : {g} {n} for {d}", "{g} {n} – the {q} of {n}", "{a} {n}—{m}", "{n} ({a} {n}) for {d}", "{g} {n}! {m}", "why {n} {verb} and {n} {verb}", "{big} years of {n}: {m}", "‘{n}’ and the {q} of {n}", "{acronym}:{g} {n}",
    "{name}: {m}", "{name}: {m}", "{name}: {m}", "{name}: {g} {n} for {d}", "{name}: {a} {n} in {d}", "{name}: {n}, {n}, and {n}", "{name}: {g} {a} {n} with {n}", "{name} : {m}", "{name} - {m}", "{name}: {a} & {a} {g} of {n}", "{acronym}: {m}", "{acronym}: {g} {n} with {a} {n}",
    "{name}: {g} across {n}", "{acronym}: {g} {n} by {g} {a} {n}", "{acronym}: {g} {a} {n} in {d} by {g} {n}", "{g} {a} {n} for {d} by {g} {n}", "{n} is [X]: {m}", "{n} are [Y]: {g} vs. {g}", "{g} {n} in {d} through {n} by {n}", "{a} {n} ({acronym}) {g} through {n}",
    "how {n} get smart(er): {m}", "the (un){a} {n} of {d}", "do you {verb}? {g} {a} {n} ({acronym}) {n} in {d}", "{a} {n} vs. {a} {n}: {m}",
)

_TOPIC_PATTERNS = ("{n}", "{a} {n}", "{n} and {n}", "{n} for {d}", "{g} {n}", "{a} {n} based {g}", "{n} / {n}", "other {n}", "{n} ({acronym})", "{n}, {n} and {n}", "{q} of {n}", "{n} before {year}")
# Language: patterns and phrases. X is a phrase, A an abstraction, Y a year.
_OTHERS = {
    "de": (
        "X und X|X: Eine Einführung|Über X|X – Theorie und Praxis|Was ist X?|X und X: A|A|Zur Frage: Sind X messbar?|"
        "X in der Praxis|X seit Y|X, X und X|X (Teil 2)|Warum X? A",
        "Bienen|Honigwaben|verteilte Systeme|maschinelles Lernen|neuronale Netze|Sprachwandel|Märkte|"
        "offene Daten|städtische Gärten|Vertrauen|Gletscher|Grammatiken|Graphen|Erinnerung|Wälder",
        "Eine empirische Untersuchung|Grundlagen und Grenzen|Ein Überblick|Die Kunst des Zählens|"
        "Die Ordnung der Dinge im Garten|Beiträge zur Methodik|Ergebnisse einer Langzeitstudie",
    ),
    "fr": (
        "X et X|X : une introduction|Vers X|Qu'est-ce que X ?|X : A|A|De X à X|X, X et X|X en Y|Pourquoi X ?",
        "les abeilles|les réseaux|l'apprentissage profond|la mémoire|les marchés|la traduction|"
        "les graphes aléatoires|la forêt|le langage|les données ouvertes|l'oubli|la ville",
        "une étude de cas|bilan et perspectives|L'art de compter|Essai sur la méthode|un état de l'art|"
        "La mesure de l'incertain|Éléments pour une théorie",
    ),
    "es": (
        "X y X|X: una introducción|Hacia X|¿Qué es X?|X: A|A|De X a X|X, X y X|X en Y|Sobre X",
        "las abejas|las redes|el aprendizaje profundo|la memoria|los mercados|la traducción|los grafos|"
        "el bosque|el lenguaje|los datos abiertos|la ciudad|las colmenas",
        "un estudio de caso|balance y perspectivas|El arte de contar|Ensayo sobre el método|"
        "revisión de la literatura|Lecciones de diez años",
    ),
    "pt": (
        "X e X|X: uma introdução|O que é X?|X: A|A|De X a X|X, X e X|Sobre X",
        "as abelhas|as redes|a aprendizagem profunda|a memória|os mercados|a tradução|as florestas|"
        "a linguagem|os dados abertos|a cidade",
        "um estudo de caso|revisão da literatura|A arte de contar|Ensaio sobre o método|Lições do campo",
    ),
    "it": (
        "X e X|X: una introduzione|Che cos'è X?|X: A|A|Da X a X|Su X",
        "le api|le reti|l'apprendimento|la memoria|i mercati|la traduzione|i boschi|il linguaggio|la città",
        "uno studio di caso|rassegna della letteratura|L'arte di contare|Saggio sul metodo",
    ),
    "nl": (
        "X en X|X: een inleiding|Wat is X?|X: A|A|Over X",
        "bijen|netwerken|diep leren|geheugen|markten|vertaling|bossen|taal|open data|de stad",
        "een overzicht|De kunst van het tellen|een veldstudie|Lessen uit tien jaar",
    ),
    "sv": (
        "X och X|X: en introduktion|Vad är X?|X: A|A|Om X",
        "bin|nätverk|djupinlärning|minne|marknader|översättning|skogar|språk|öppna data|städer",
        "en översikt|Konsten att räkna|en fältstudie|Lärdomar från tio år",
    ),
    "pl": (
        "X i X|X: wprowadzenie|Czym są X?|X: A|A|X w praktyce",
        "pszczoły|sieci|głębokie uczenie|pamięć|rynki|tłumaczenie|lasy|język|otwarte dane|miasta",
        "przegląd literatury|Sztuka liczenia|studium przypadku|Wnioski z dziesięciu lat",
    ),
    "tr": (
        "X ve X|X: giriş|X nedir?|X: A|A", "arılar|ağlar|derin öğrenme|bellek|piyasalar|çeviri|ormanlar|dil|açık veri|şehir",
        "bir inceleme|Sayma sanatı|saha çalışması|On yılın dersleri",
    ),
    "hu": (
        "X és X|X: bevezetés|Mi az X?|X: A|A", "méhek|hálózatok|mélytanulás|emlékezet|piacok|fordítás|erdők|nyelv|nyílt adatok",
        "áttekintés|A számolás művészete|esettanulmány|Tíz év tanulságai",
    ),
    "vi": (
        "X và X|X: giới thiệu|X là gì?|X: A|A", "loài ong|mạng nơ-ron|học sâu|bộ nhớ|thị trường|dịch máy|rừng|ngôn ngữ|dữ liệu mở",
        "một khảo sát|Nghệ thuật đếm|nghiên cứu thực địa|Bài học mười năm",
    ),
    "ru": (
        "X и X|X: введение|О том, что такое X|Что такое X?|X: A|A|X, X и X|X в Y году",
        "пчёлы|сети|глубокое обучение|память|рынки|машинный перевод|леса|язык|открытые данные|города|графы",
        "обзор литературы|Искусство счёта|полевое исследование|Уроки десяти лет|Методы и приложения",
    ),
    "uk": (
        "X і X|X: вступ|Що таке X?|X: A|A", "бджоли|мережі|глибоке навчання|пам'ять|ринки|переклад|ліси|мова|відкриті дані",
        "огляд літератури|Мистецтво лічби|польове дослідження|Уроки десяти років",
    ),
    "el": (
        "X και X|X: μια εισαγωγή|Τι είναι X;|X: A|A", "μέλισσες|δίκτυα|βαθιά μάθηση|μνήμη|αγορές|μετάφραση|δάση|γλώσσα|ανοιχτά δεδομένα",
        "μια επισκόπηση|Η τέχνη της μέτρησης|μελέτη πεδίου|Μαθήματα δέκα ετών",
    ),
    "zh": (
        "X与X|基于X的X研究|X：A|A|X综述|面向X的X方法|论X|什么是X？|X的X|从X到X|X（上）",
        "蜜蜂计数|深度学习|神经网络|图像识别|机器翻译|记忆|市场|森林|开放数据|城市|知识图谱|语言模型|强化学习",
        "一项综述|方法与应用|十年回顾|理论与实践|现状与展望",
    ),
    "zh-tw": (
        "X與X|基於X的X研究|X：A|A|X綜述|論X|什麼是X？", "蜜蜂計數|深度學習|神經網路|影像辨識|機器翻譯|記憶|市場|森林|開放資料|城市|語言模型",
        "回顧與展望|方法與應用|理論與實務",
    ),
    "ja": (
        "XとX|Xに基づくXの研究|X：A|A|Xについて|Xとは何か|Xのための X|XからXへ|X ―A―",
        "ミツバチの計数|深層学習|ニューラルネットワーク|画像認識|機械翻訳|記憶|市場|森林|オープンデータ|都市|言語モデル",
        "サーベイ|方法と応用|十年の歩み|理論と実践|現状と課題",
    ),
    "ko": (
        "X와 X|X 기반 X 연구|X: A|A|X에 관하여|X란 무엇인가?|X을 위한 X", "꿀벌 계수|딥러닝|신경망|영상 인식|기계 번역|기억|시장|숲|공개 데이터|도시|언어 모델",
        "개관|방법과 응용|십 년의 교훈|이론과 실제",
    ),
    "ar": (
        "X و X|X: مقدمة|ما هو X؟|X: A|A|في X", "عد النحل|الشبكات العصبية|التعلم العميق|الذاكرة|الأسواق|الترجمة الآلية|الغابات|اللغة|البيانات المفتوحة|المدن",
        "دراسة حالة|مراجعة الأدبيات|فن العد|دروس عشر سنوات",
    ),
    "he": (
        "X ו-X|X: מבוא|מהו X?|X: A|A|על X|מבוא ל-X", "ספירת דבורים|רשתות עצביות|למידה עמוקה|זיכרון|שווקים|תרגום מכונה|יערות|שפה|נתונים פתוחים|ערים",
        "סקירת ספרות|אמנות הספירה|מחקר שדה|לקחים מעשר שנים",
    ),
    "hi": (
        "X और X|X: एक परिचय|X क्या है?|X: A|A", "मधुमक्खियाँ|गहन अधिगम|तंत्रिका जाल|स्मृति|बाज़ार|मशीनी अनुवाद|वन|भाषा|खुला डेटा|नगर",
        "एक समीक्षा|गिनने की कला|क्षेत्र अध्ययन|दस वर्षों के पाठ",
    ),
    "th": (
        "XและX|X: บทนำ|Xคืออะไร|X: A|A", "การนับผึ้ง|การเรียนรู้เชิงลึก|โครงข่ายประสาท|ความจำ|ตลาด|การแปลภาษา|ป่าไม้|ภาษา|ข้อมูลเปิด|เมือง",
        "บทสำรวจ|ศิลปะแห่งการนับ|การศึกษาภาคสนาม|บทเรียนสิบปี",
    ),
}
# fmt: on
LANGUAGES = ("en", *_OTHERS)
_SLOT = re.compile(r"\{(a|n|d|g|q|m|acronym|name|verb|who|big|math|odd|year)\}")
_SMALL = set(
    "a an and as at by for from in of on or the to under us vs. with without is it".split()
)
CASES = ("title case", "sentence case", "lower case")
# Lists whose papers are called by what they made known.
NICKNAME = "nickname"
_HEADS = "Bee|Hive|Wax|Swarm|Nectar|Tern|Larch|Comb|Meadow|Quill|Pollen|Drone|Apis|Flora|Ensō|Kestrel|Buzz|Loom|Tarn|Honey".split(
    "|"
)
_TAILS = "Net|Former|GAN|LM|BERT|DB|SLAM|QL|Flow|Mix|CLIP|VAE|RL|-2|-7B| v3|++|Bench|Agent|Nets|LSTM|Diff|Rec|Seg|GPT|OS".split(
    "|"
)
_WEIGHTS = (60, 32, 8)


def title(random: Random, language: str, case: str = "") -> str:
    """A title that no work has, as far as that can be known."""
    if case == NICKNAME:
        return nickname(random)
    if language == "en":
        return _in_case(_english(random), case or random.choices(CASES, _WEIGHTS)[0])
    patterns, phrases, abstractions = (part.split("|") for part in _OTHERS[language])
    parts = {"X": phrases, "A": abstractions, "Y": [str(random.randint(1950, 2020))]}
    pattern = random.choice(patterns)
    text = re.sub(r"[XAY]", lambda found: random.choice(parts[found[0]]), pattern)
    if random.random() < 0.1:
        text = f"{random.choice(_ENGLISH[random.choice(('acronym', 'name'))])}: {text}"
    return text if text.startswith(_LOWER) else text[0].upper() + text[1:]


def nickname(random: Random) -> str:
    """`HiveNet`, `Wax-2`, `CombFormer`, or a few words."""
    if random.random() < 0.2:
        return _in_case(_filled(random, random.choice(("{a} {n}", "{n}", "{g} {n}"))), "title case")
    return random.choice(_HEADS) + random.choice(_TAILS)


def _coined(random: Random) -> str:
    """The name of something new: put together, or of capitals alone."""
    if random.random() < 0.5:
        return random.choice(_HEADS) + random.choice(_TAILS)
    letters = (random.choice("BCDFGKLMNPRSTVW") + random.choice("AEIOU") for _ in range(3))
    return "".join(letters)[: random.choice((3, 4, 5, 6))] + random.choice(("", "", "s"))


def _english(random: Random) -> str:
    return _filled(random, random.choice(_ENGLISH_PATTERNS))


def _filled(random: Random, text: str) -> str:
    while found := _SLOT.search(text):
        text = text[: found.start()] + word(random, found[1]) + text[found.end() :]
    return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)


def word(random: Random, slot: str) -> str:
    """A word or phrase of English for that slot of a pattern."""
    if slot == "acronym" and random.random() < 0.4:
        return _coined(random)
    return str(random.randint(1850, 2024)) if slot == "year" else random.choice(_ENGLISH[slot])


def _in_case(text: str, case: str) -> str:
    if case == "lower case":
        return text
    if case == "sentence case":
        return text if text.startswith(_LOWER) else text[0].upper() + text[1:]
    words = text.split(" ")
    shown = [
        word
        if number and words[number - 1][-1] not in ":.?!" and word in _SMALL
        else _capital(word)
        for number, word in enumerate(words)
    ]
    return " ".join(shown)


def _capital(word: str) -> str:
    if not word.islower() or word[0] in "$<+" or "µ" in word or word.startswith(_LOWER):
        return word
    if word[0] in "“(":
        return word[0] + _capital(word[1:])
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def topic(random: Random) -> str:
    """What a section of a list in English may be called."""
    return _in_case(_filled(random, random.choice(_TOPIC_PATTERNS)), random.choice(CASES[:2]))


def phrases(language: str) -> list[str]:
    """What titles in that language are about."""
    return _ENGLISH["n"] if language == "en" else _OTHERS[language][1].split("|")
