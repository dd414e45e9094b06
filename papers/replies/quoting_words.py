"""The words by which mail programs mark quotations and signatures, in many languages.

All are in small letters, and are compared with a line in small letters.
"""

# Labels of the lines above what was said before, as Outlook writes them: `From: …`.
# fmt: off
FROM = frozenset({
    "from", "von", "de", "da", "van", "od", "от", "від", "från", "fra", "lähettäjä", "kimden",
    "feladó", "από", "expéditeur", "remitente", "mittente", "发件人", "寄件者", "寄件人", "差出人",
    "送信者", "보낸 사람", "보낸사람", "من", "מאת", "từ", "dari", "de la", "odosielateľ", "no", "kam",
})
OTHER_LABELS = frozenset({
    "sent", "date", "to", "cc", "subject", "reply-to", "importance", "organization",
    "gesendet", "datum", "an", "betreff", "antwort an",
    "envoyé", "date d'envoi", "à", "a", "objet", "répondre à",
    "enviado", "enviado el", "enviada em", "enviada", "fecha", "para", "asunto", "assunto", "data",
    "inviato", "oggetto",
    "verzonden", "aan", "onderwerp",
    "wysłano", "wysłane", "data wysłania", "do", "dw", "temat",
    "отправлено", "дата", "кому", "копия", "тема", "надіслано", "дата надсилання",
    "skickat", "till", "ämne", "kopia", "sendt", "til", "emne", "dato", "lähetetty",
    "vastaanottaja", "aihe", "päivämäärä",
    "odesláno", "komu", "předmět", "kopie", "odoslané", "predmet",
    "gönderildi", "gönderme tarihi", "tarih", "kime", "konu", "bilgi",
    "küldve", "címzett", "tárgy", "elküldve", "trimis", "către", "subiect",
    "στάλθηκε", "εστάλη", "προς", "θέμα", "ημερομηνία",
    "发送时间", "发送日期", "日期", "收件人", "抄送", "主题", "寄件日期", "傳送時間", "收件者", "副本",
    "主旨",
    "送信日時", "日時", "日付", "宛先", "件名",
    "보낸 날짜", "날짜", "받는 사람", "받는사람", "참조", "제목",
    "تاريخ الإرسال", "إلى", "الموضوع", "נשלח", "אל", "נושא", "đã gửi", "đến", "tới", "chủ đề",
})
# Words of writing in a line such as `On Monday, Mina wrote:`.
WROTE = (
    "wrote", "writes", "schrieb", "a écrit", "escribió", "ha scritto", "scrisse", "escreveu",
    "schreef", "geschreven", "napisał", "napisana", "пишет", "написал", "пише", "написав", "写道",
    "寫道", "のメール", "書きました", "님이 작성", "작성:", "skrev", "kirjoitti", "napsal", "napísal",
    "ezt írta", "írta", "a scris", "yazdı", "έγραψε", "كتب", "كتابة", "כתב", "מאת", "đã viết",
    "menulis", "rakstīja", "parašė", "kirjutas", "написа", "је написао", "je napisao", "je napisal",
    "va escriure", "skrifaði",
)
# Between hyphens: `-----Original Message-----`.
ORIGINAL = (
    "original message", "original appointment", "forwarded message", "reply message",
    "ursprüngliche nachricht", "originalnachricht", "original-nachricht",
    "weitergeleitete nachricht", "message d'origine", "message original", "message transféré",
    "mensaje original", "messaggio originale", "mensagem original", "oorspronkelijk bericht",
    "oorspronkelijke bericht", "wiadomość oryginalna", "oryginalna wiadomość",
    "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение",
    "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse",
    "opprinnelig melding", "alkuperäinen viesti", "původní zpráva", "pôvodná správa",
    "orijinal ileti", "özgün ileti", "eredeti üzenet", "mesajul original", "αρχικό μήνυμα",
    "原始邮件", "原始郵件", "邮件原件", "元のメッセージ", "オリジナルメッセージ", "원본 메시지",
    "원본 메일",
)
# What a telephone says below: the beginning of a last line, or its end.
SENT_FROM = (
    "sent from my ", "sent from mail for", "sent from outlook", "sent from yahoo", "sent from proton",
    "sent via ", "sent with ", "sent using ", "get outlook for", "envoyé de mon", "envoyé depuis",
    "envoyé à partir", "obtenir outlook", "obtenez outlook", "gesendet von ", "gesendet mit ",
    "von meinem ", "diese nachricht wurde von meinem", "outlook für ", "holen sie sich outlook",
    "enviado desde", "enviado do ", "enviado a partir", "enviado pelo", "enviado de ",
    "obtener outlook", "obter o outlook", "inviato da", "scarica outlook", "verstuurd vanaf",
    "verzonden vanaf", "verzonden met", "download outlook", "wysłane z", "wysłano z",
    "отправлено с", "отправлено из", "надіслано з", "发自我的", "發自我的", "從我的", "从我的",
    "来自我的", "나의 ", "skickat från", "sendt fra", "lähetetty ", "odesláno z", "odoslané z",
    "küldve ", "trimis de pe", "στάλθηκε από", "أُرسلت من", "מה-iphone", "נשלח מה", "đã gửi từ",
    "dikirim dari", "enviat des de", "hämta outlook", "hent outlook",
)
SENT_FROM_ENDS = ("から送信", "傳送", "에서 보냄", "gönderildi", "gesendet", "发送")
# fmt: on
