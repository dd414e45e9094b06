"""How mail programs quote what they reply to, in many languages: the text of a reply, by its name.

Each is what a program puts below, between or above the words of the writer; the words themselves
are given beside it.
"""

from typing import NamedTuple

WORDS = "The diagonal is enough here.\n\nSee section 3: $h_{kk}$."
QUOTED = "> Is the Hessian *shared*?\n>\n> https://seminar.example/groups/readers/"
FOOT = "> --\n> Mute this thread: https://seminar.example/notifications/stop/abc/"
ADDRESS = "seminar@example.org"


class Habit(NamedTuple):
    """A name, a text as it is sent, and what its writer said."""

    name: str
    text: str
    said: str = WORDS


def _below(name: str, attribution: str, quoted: str = f"{QUOTED}\n{FOOT}") -> Habit:
    return Habit(name, f"{WORDS}\n\n{attribution}\n\n{quoted}\n")


# A line above the quotation, by the program and its language.
ATTRIBUTIONS = {
    "Gmail, English": f"On Mon, Nov 30, 2026 at 10:15 AM Seminar <{ADDRESS}> wrote:",
    "Gmail, broken by the width": f"On Mon, Nov 30, 2026 at 10:15 AM Seminar of the readers\n"
    f"<{ADDRESS}> wrote:",
    "Gmail of old": f"2026-11-30 10:15 GMT+01:00 Seminar <{ADDRESS}>:",
    "Apple Mail, English": "On 30 Nov 2026, at 10:15, Seminar <seminar@example.org> wrote:",
    "Thunderbird, English": "On 30/11/2026 10:15, Seminar wrote:",
    "Mutt": "On Mon, Nov 30, 2026 at 10:15:00AM +0100, Seminar wrote:",
    "Gmail, German": f"Am Mo., 30. Nov. 2026 um 10:15 Uhr schrieb Seminar <{ADDRESS}>:",
    "Apple Mail, German": f"Am 30.11.2026 um 10:15 schrieb Seminar <{ADDRESS}>:",
    "Thunderbird, German": "Am 30.11.26 um 10:15 schrieb Seminar:",
    "Gmail, French": f"Le lun. 30 nov. 2026 à 10:15, Seminar <{ADDRESS}> a écrit :",
    "Apple Mail, French": f"Le 30 nov. 2026 à 10:15, Seminar <{ADDRESS}> a écrit :",
    "Thunderbird, French": "Le 30/11/2026 à 10:15, Seminar a écrit :",
    "Gmail, Spanish": f"El lun, 30 nov 2026 a las 10:15, Seminar (<{ADDRESS}>) escribió:",
    "Apple Mail, Spanish": f"El 30 nov 2026, a las 10:15, Seminar <{ADDRESS}> escribió:",
    "Gmail, Italian": f"Il giorno lun 30 nov 2026 alle ore 10:15 Seminar <{ADDRESS}> ha scritto:",
    "Thunderbird, Italian": "Il 30/11/2026 10:15, Seminar ha scritto:",
    "Gmail, Portuguese": f"Em seg., 30 de nov. de 2026 às 10:15, Seminar <{ADDRESS}>\nescreveu:",
    "Gmail, Dutch": f"Op ma 30 nov 2026 om 10:15 schreef Seminar <{ADDRESS}>:",
    "Apple Mail, Dutch": f"Op 30 nov. 2026 om 10:15 heeft Seminar <{ADDRESS}> het volgende\n"
    "geschreven:",
    "Gmail, Polish": f"pon., 30 lis 2026 o 10:15 Seminar <{ADDRESS}> napisał(a):",
    "Apple Mail, Polish": f"Wiadomość napisana przez Seminar <{ADDRESS}> w dniu 30.11.2026, o "
    "godz. 10:15:",
    "Gmail, Russian": f"пн, 30 нояб. 2026 г. в 10:15, Seminar <{ADDRESS}>:",
    "Thunderbird, Russian": "30.11.2026 10:15, Seminar пишет:",
    "Mail.ru": f"Понедельник, 30 ноября 2026, 10:15 +03:00 от Seminar <{ADDRESS}>:",
    "Gmail, Ukrainian": f"пн, 30 лист. 2026 р. о 10:15 Seminar <{ADDRESS}> пише:",
    "Gmail, Chinese": f"Seminar <{ADDRESS}> 于2026年11月30日周一 10:15写道：",
    "Gmail, Chinese of Taiwan": f"Seminar <{ADDRESS}> 於 2026年11月30日 週一 上午10:15寫道：",
    "Apple Mail, Chinese": f"在 2026年11月30日，10:15，Seminar <{ADDRESS}> 写道：",
    "Gmail, Japanese": f"2026年11月30日(月) 10:15 Seminar <{ADDRESS}>:",
    "Thunderbird, Japanese": "On 2026/11/30 10:15, Seminar wrote:",
    "Apple Mail, Japanese": f"2026/11/30 10:15、Seminar <{ADDRESS}>のメール:",
    "Gmail, Korean": f"2026년 11월 30일 (월) 오전 10:15, Seminar <{ADDRESS}>님이 작성:",
    "Gmail, Swedish": f"Den mån 30 nov. 2026 kl 10:15 skrev Seminar <{ADDRESS}>:",
    "Gmail, Danish": f"Den man. 30. nov. 2026 kl. 10.15 skrev Seminar <{ADDRESS}>:",
    "Gmail, Norwegian": f"man. 30. nov. 2026 kl. 10:15 skrev Seminar <{ADDRESS}>:",
    "Gmail, Finnish": f"ma 30. marrask. 2026 klo 10.15 Seminar ({ADDRESS}) kirjoitti:",
    "Gmail, Czech": f"po 30. 11. 2026 v 10:15 odesílatel Seminar <{ADDRESS}> napsal:",
    "Gmail, Hungarian": f"Seminar <{ADDRESS}> ezt írta (időpont: 2026. nov. 30., H, 10:15):",
    "Gmail, Romanian": f"În lun., 30 nov. 2026 la 10:15, Seminar <{ADDRESS}> a scris:",
    "Gmail, Turkish": f"Seminar <{ADDRESS}>, 30 Kas 2026 Pzt, 10:15 tarihinde şunu yazdı:",
    "Gmail, Greek": f"Στις Δευ 30 Νοε 2026 στις 10:15 π.μ., ο χρήστης Seminar <{ADDRESS}>\nέγραψε:",
    "Gmail, Arabic": f"في الاثنين، 30 نوفمبر 2026 في 10:15 ص تمت كتابة ما يلي بواسطة Seminar "
    f"<{ADDRESS}>:",
    "Gmail, Hebrew": f"בתאריך יום ב׳, 30 בנוב׳ 2026 ב-10:15 מאת Seminar <{ADDRESS}>:",
    "Gmail, Vietnamese": f"Vào Th 2, 30 thg 11, 2026 vào lúc 10:15 Seminar <{ADDRESS}> đã viết:",
    "a language that is in no table": "Dydd Llun 30 Tachwedd 2026, ysgrifennodd Seminar:",
    "ProtonMail": f"On Monday, November 30th, 2026 at 10:15 AM, Seminar <{ADDRESS}> wrote:",
}

# What stands above what was said before, which nothing marks then.
HEADERS = {
    "Outlook, English": "From: Seminar <seminar@example.org>\nSent: Monday, November 30, 2026 10:15\n"
    "To: Mina Kaya <mina@example.org>\nSubject: [Readers] The diagonal",
    "Outlook, below a line": "________________________________\nFrom: Seminar <seminar@example.org>\n"
    "Sent: Monday, November 30, 2026 10:15\nTo: Mina Kaya\nSubject: [Readers] The diagonal",
    "Outlook, in bold": "*From:* Seminar <seminar@example.org>\n*Sent:* Monday, November 30, 2026\n"
    "*To:* Mina Kaya\n*Subject:* [Readers] The diagonal",
    "Outlook of old": "-----Original Message-----\nFrom: Seminar [mailto:seminar@example.org]\n"
    "Sent: Monday, November 30, 2026 10:15\nTo: Mina Kaya\nSubject: The diagonal",
    "Outlook, German": "Von: Seminar <seminar@example.org>\nGesendet: Montag, 30. November 2026\n"
    "An: Mina Kaya\nBetreff: [Readers] The diagonal",
    "Outlook of old, German": "-----Ursprüngliche Nachricht-----\nVon: Seminar\nGesendet: Montag\n"
    "An: Mina Kaya\nBetreff: The diagonal",
    "GMX": 'Gesendet: Montag, 30. November 2026 um 10:15 Uhr\nVon: "Seminar" <seminar@example.org>\n'
    "An: mina@gmx.de\nBetreff: [Readers] The diagonal",
    "Outlook, French": "De : Seminar <seminar@example.org>\nEnvoyé : lundi 30 novembre 2026 10:15\n"
    "À : Mina Kaya\nObjet : [Readers] The diagonal",
    "Outlook, Spanish": "De: Seminar <seminar@example.org>\nEnviado: lunes, 30 de noviembre\n"
    "Para: Mina Kaya\nAsunto: [Readers] The diagonal",
    "Outlook, Italian": "Da: Seminar <seminar@example.org>\nInviato: lunedì 30 novembre 2026\n"
    "A: Mina Kaya\nOggetto: [Readers] The diagonal",
    "Outlook, Portuguese": "De: Seminar <seminar@example.org>\nEnviado: segunda-feira, 30 de nov\n"
    "Para: Mina Kaya\nAssunto: [Readers] The diagonal",
    "Outlook, Dutch": "Van: Seminar <seminar@example.org>\nVerzonden: maandag 30 november 2026\n"
    "Aan: Mina Kaya\nOnderwerp: [Readers] The diagonal",
    "Outlook, Polish": "Od: Seminar <seminar@example.org>\nWysłano: poniedziałek, 30 listopada\n"
    "Do: Mina Kaya\nTemat: [Readers] The diagonal",
    "Outlook, Russian": "От: Seminar <seminar@example.org>\nОтправлено: понедельник, 30 ноября\n"
    "Кому: Mina Kaya\nТема: [Readers] The diagonal",
    "Outlook, Swedish": "Från: Seminar <seminar@example.org>\nSkickat: den 30 november 2026\n"
    "Till: Mina Kaya\nÄmne: [Readers] The diagonal",
    "Outlook, Czech": "Od: Seminar <seminar@example.org>\nOdesláno: pondělí 30. listopadu\n"
    "Komu: Mina Kaya\nPředmět: [Readers] The diagonal",
    "Outlook, Chinese": "发件人: Seminar <seminar@example.org>\n发送时间: 2026年11月30日 10:15\n"
    "收件人: Mina Kaya\n主题: [Readers] The diagonal",
    "QQ": "------------------ 原始邮件 ------------------\n发件人：Seminar\n发送时间：2026年11月30日\n"
    "收件人：Mina Kaya\n主题：The diagonal",
    "Outlook, Japanese": "差出人: Seminar <seminar@example.org>\n送信日時: 2026年11月30日 10:15\n"
    "宛先: Mina Kaya\n件名: [Readers] The diagonal",
    "Outlook, Korean": "보낸 사람: Seminar <seminar@example.org>\n보낸 날짜: 2026년 11월 30일\n"
    "받는 사람: Mina Kaya\n제목: [Readers] The diagonal",
    "Outlook, Turkish": "Kimden: Seminar <seminar@example.org>\nGönderildi: 30 Kasım 2026\n"
    "Kime: Mina Kaya\nKonu: [Readers] The diagonal",
    "Yahoo": "On Monday, November 30, 2026 at 10:15:00 AM GMT+1, Seminar <seminar@example.org> "
    "wrote: ",
    "Lotus Notes": "-----Seminar <seminar@example.org> wrote: -----",
}

SIGNATURES = {
    "the sign of a signature": "-- \nMina Kaya\nInstitute of Readers",
    "the sign without its blank": "--\nMina Kaya\nInstitute of Readers",
    "iPhone": "Sent from my iPhone",
    "Samsung": "Sent from my Galaxy",
    "Outlook on a phone": "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Mail of Windows": "Sent from Mail for Windows",
    "iPhone, German": "Von meinem iPhone gesendet",
    "Android, German": "Gesendet mit der GMX Mail App",
    "iPhone, French": "Envoyé de mon iPhone",
    "iPhone, Spanish": "Enviado desde mi iPhone",
    "iPhone, Italian": "Inviato da iPhone",
    "iPhone, Portuguese": "Enviado do meu iPhone",
    "iPhone, Dutch": "Verstuurd vanaf mijn iPhone",
    "iPhone, Polish": "Wysłane z iPhone'a",
    "iPhone, Russian": "Отправлено с iPhone",
    "iPhone, Chinese": "发自我的iPhone",
    "iPhone, Chinese of Taiwan": "從我的 iPhone 傳送",
    "iPhone, Japanese": "iPhoneから送信",
    "iPhone, Korean": "나의 iPhone에서 보냄",
    "iPhone, Swedish": "Skickat från min iPhone",
    "iPhone, Danish": "Sendt fra min iPhone",
    "iPhone, Finnish": "Lähetetty iPhonesta",
    "iPhone, Czech": "Odesláno z iPhonu",
    "iPhone, Turkish": "iPhone'umdan gönderildi",
}

_FIRST = f"On Mon, Nov 30, 2026 at 10:15 AM Seminar <{ADDRESS}> wrote:"
OTHERS = [
    Habit("nothing is quoted", WORDS),
    Habit("nothing but a quotation", f"{_FIRST}\n{QUOTED}\n", ""),
    Habit("a quotation without a line above", f"{WORDS}\n\n{QUOTED}\n"),
    Habit("above the quotation is no blank line", f"{WORDS}\n{_FIRST}\n{QUOTED}\n"),
    Habit("the writer is below", f"{_FIRST}\n{QUOTED}\n{FOOT}\n\n{WORDS}\n"),
    Habit(
        "the writer is between",
        f"{_FIRST}\n> Is it shared?\n\nNo.\n\n> And the trace?\n\nYes, by\nlinearity.\n\n{FOOT}\n",
        "> Is it shared?\n\nNo.\n\n> And the trace?\n\nYes, by\nlinearity.",
    ),
    Habit(
        "the writer begins, and is between",
        f"Two answers:\n\n{_FIRST}\n> Is it shared?\n\nNo.\n\n> And the trace?\n\nYes.\n",
        "Two answers:\n\n> Is it shared?\n\nNo.\n\n> And the trace?\n\nYes.",
    ),
    Habit("quoted twice", f"{WORDS}\n\n{_FIRST}\n> {_FIRST}\n>> Is it shared?\n> No.\n"),
    Habit("signed, then quoted", f"{WORDS}\n\n-- \nMina Kaya\n\n{_FIRST}\n{QUOTED}\n"),
    Habit("quoted, then signed", f"{WORDS}\n\n{_FIRST}\n{QUOTED}\n\n-- \nMina Kaya\n"),
    Habit("a phone, then quoted", f"{WORDS}\n\nSent from my iPhone\n\n> {_FIRST}\n>\n{QUOTED}\n"),
    Habit(
        "a phone that quotes by a line alone",
        f"{WORDS}\n\nSent from my iPhone\n\n{_FIRST}\n\n{QUOTED}\n",
    ),
    Habit(
        "words that look like a line above",
        "At 10:15 Olga wrote:\n\nit depends.\n\nI agree, from: the start.",
        "At 10:15 Olga wrote:\n\nit depends.\n\nI agree, from: the start.",
    ),
    Habit(
        "words that look like headers",
        "From: theory\n\nTo: practice.",
        "From: theory\n\nTo: practice.",
    ),
    Habit(
        "a list in Markdown",
        "- one\n- two\n\n---\n\n1. three",
        "- one\n- two\n\n---\n\n1. three",
    ),
    Habit("a quotation of one's own", "> To be\n\nor not.", "> To be\n\nor not."),
    Habit("a table", "| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    Habit(
        "a heading in lines",
        "Proof\n-----\n\nBy $x$.\n\nOpen\n____\n\nAll.",
        "Proof\n-----\n\nBy $x$.\n\nOpen\n____\n\nAll.",
    ),
    Habit(
        "sent from, in a sentence",
        "Sent from my notes of May:\nyes.",
        "Sent from my notes of May:\nyes.",
    ),
    Habit("lines of Windows", f"{WORDS}\n\n{_FIRST}\n{QUOTED}\n".replace("\n", "\r\n")),
    Habit(
        "blanks that do not break",
        f"{WORDS}\n\n{_FIRST}\n{QUOTED}".replace(" at ", "\xa0at\xa0").replace(
            "AM Sem", "\u202fAM Sem"
        ),
    ),
]

HABITS = [
    *(_below(name, line) for name, line in ATTRIBUTIONS.items()),
    *(
        _below(f"{name}, unmarked", line, "Is the Hessian *shared*?")
        for name, line in ATTRIBUTIONS.items()
        if ADDRESS in line
    ),
    *(_below(name, head, "Is the Hessian *shared*?\n\nOpen") for name, head in HEADERS.items()),
    *(Habit(f"signed: {name}", f"{WORDS}\n\n{sign}\n") for name, sign in SIGNATURES.items()),
    *(
        Habit(f"signed and quoted: {name}", f"{WORDS}\n\n{sign}\n\n{_FIRST}\n\n{QUOTED}\n")
        for name, sign in SIGNATURES.items()
    ),
    *OTHERS,
]
