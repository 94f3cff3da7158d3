//! What mail programs and newsletters write around what is meant, in the
//! languages that articles come in. All of it is in lower case.

/// Before the subject of an answer.
#[rustfmt::skip]
pub(super) const ANSWERED: &[&str] = &[
    "re", "aw", "antw", "antwort", "sv", "rif", "odp", "ref", "réf",
];

/// Before the subject of a mail that was passed on.
#[rustfmt::skip]
pub(super) const PASSED_ON: &[&str] = &[
    "fwd", "fw", "wg", "tr", "rv", "vs", "enc", "pd", "doorst", "vb", "weitergeleitet",
];

/// Marks that gateways put before subjects.
#[rustfmt::skip]
pub(super) const GATEWAYS: &[&str] = &[
    "[external]", "[ext]", "[extern]", "[externe]", "[externo]", "[external email]", "[spam]",
    "*** spam ***", "***spam***", "[bulk]", "[newsletter]",
];

/// What press offices and newsletters put before a headline, to tell what it is.
#[rustfmt::skip]
pub(super) const LABELS: &[&str] = &[
    "press release", "media release", "news release", "press statement", "for immediate release",
    "newsletter", "pressemitteilung", "presseinformation", "presseinfo", "presseerklärung",
    "medienmitteilung", "medieninformation", "pm", "communiqué de presse", "communiqué",
    "comunicado de prensa", "nota de prensa", "comunicato stampa", "comunicado de imprensa",
    "nota de imprensa", "persbericht", "informacja prasowa", "komunikat prasowy",
];

/// What begins a mail that was passed on, alone on its line but for rules.
#[rustfmt::skip]
pub(super) const FORWARDED: &[&str] = &[
    "forwarded message", "begin forwarded message", "original message", "forwarded by",
    "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht",
    "ursprüngliche nachricht", "originalnachricht", "weitergeleitete mail",
    "message transféré", "début du message transféré", "début du message réexpédié",
    "message d'origine", "message original", "courriel original",
    "mensaje reenviado", "inicio del mensaje reenviado", "mensaje original",
    "messaggio inoltrato", "inizio messaggio inoltrato", "messaggio originale",
    "mensagem encaminhada", "mensagem original", "início da mensagem reencaminhada",
    "doorgestuurd bericht", "begin doorgestuurd bericht", "oorspronkelijk bericht",
    "wiadomość przekazana", "wiadomość oryginalna",
];

/// The fields that programs write above a mail that was passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Sender,
    Date,
    Subject,
    Other,
}

#[rustfmt::skip]
pub(super) const FIELDS: &[(&str, Field)] = &[
    ("from", Field::Sender), ("von", Field::Sender), ("de", Field::Sender), ("da", Field::Sender),
    ("van", Field::Sender), ("od", Field::Sender), ("expéditeur", Field::Sender),
    ("date", Field::Date), ("datum", Field::Date), ("sent", Field::Date),
    ("gesendet", Field::Date), ("envoyé", Field::Date), ("fecha", Field::Date),
    ("enviado", Field::Date), ("enviado el", Field::Date), ("data", Field::Date),
    ("inviato", Field::Date), ("verzonden", Field::Date), ("wysłano", Field::Date),
    ("enviada em", Field::Date),
    ("subject", Field::Subject), ("betreff", Field::Subject), ("objet", Field::Subject),
    ("asunto", Field::Subject), ("oggetto", Field::Subject), ("assunto", Field::Subject),
    ("onderwerp", Field::Subject), ("temat", Field::Subject), ("sujet", Field::Subject),
    ("to", Field::Other), ("an", Field::Other), ("à", Field::Other), ("para", Field::Other),
    ("a", Field::Other), ("aan", Field::Other), ("do", Field::Other), ("cc", Field::Other),
    ("kopie", Field::Other), ("reply-to", Field::Other), ("antwort an", Field::Other),
    ("répondre à", Field::Other), ("pour", Field::Other), ("importance", Field::Other),
    ("priorität", Field::Other), ("attachments", Field::Other), ("anlagen", Field::Other),
    ("organization", Field::Other), ("bcc", Field::Other), ("organisation", Field::Other),
];

/// What stands above a newsletter and offers it as a page.
#[rustfmt::skip]
pub(super) const ABOVE: &[&str] = &[
    "view in browser", "view in your browser", "view this email in", "view this e-mail in",
    "view it in your browser", "view online", "view the online version", "read online",
    "read in browser", "open in browser", "view as a web page", "view web version",
    "web version", "see this email in", "trouble viewing this", "having trouble viewing",
    "problems viewing this", "can't see this email", "email not displaying",
    "not displaying correctly", "view in app", "read in app", "open in app",
    "add us to your address book", "forwarded this email?", "was this email forwarded to you",
    "im browser ansehen", "im browser anzeigen", "im browser öffnen", "im browser lesen",
    "zur online-version", "zur onlineversion", "online-version", "onlineversion", "webversion",
    "wird diese e-mail nicht richtig", "wird diese mail nicht richtig", "nicht korrekt angezeigt",
    "nicht richtig angezeigt", "nicht richtig dargestellt", "nicht korrekt dargestellt",
    "newsletter online lesen", "probleme mit der darstellung",
    "voir dans le navigateur", "voir dans votre navigateur", "afficher dans le navigateur",
    "version en ligne", "version web", "lire en ligne", "ne s'affiche pas correctement",
    "ver en el navegador", "ver en su navegador", "ver en tu navegador", "ver en línea",
    "versión web", "versión en línea", "no puede ver este correo", "no ves bien este",
    "visualizza nel browser", "versione web", "versione online", "visualizza online",
    "ver no navegador", "ver no browser", "versão web", "versão online",
    "bekijk in browser", "bekijk in uw browser", "bekijk de webversie", "bekijk online",
    "online versie", "otwórz w przeglądarce", "zobacz w przeglądarce", "wersja online",
];

/// What stands below a newsletter and only there, wherever in its line.
#[rustfmt::skip]
pub(super) const BELOW: &[&str] = &[
    "you are receiving this", "you're receiving this", "you received this", "you have received this email because",
    "you are subscribed to", "you're subscribed to", "you were sent this", "this email was sent to",
    "this e-mail was sent to", "this message was sent to", "this newsletter was sent to",
    "sent to you by", "to unsubscribe", "unsubscribe from this list", "unsubscribe from these",
    "unsubscribe here", "click here to unsubscribe", "no longer wish to receive",
    "don't want to receive", "do not wish to receive", "stop receiving these",
    "update your preferences", "update subscription preferences", "update your email preferences",
    "manage your preferences", "manage preferences", "manage your subscription",
    "manage subscription", "email preferences", "our mailing address is", "was this email forwarded",
    "add us to your address book", "why did i get this", "all rights reserved",
    "this email and any attachments", "this e-mail and any attachments",
    "the information contained in this email", "the information contained in this e-mail",
    "please consider the environment before", "sent from my iphone", "sent from my ipad",
    "sent from my mobile", "get outlook for", "follow us on",
    "sie erhalten diese", "sie erhalten diesen", "du erhältst diese", "du erhältst diesen",
    "sie bekommen diese", "diese e-mail wurde an", "diese mail wurde an",
    "dieser newsletter wurde an", "newsletter abbestellen", "newsletter abmelden",
    "vom newsletter abmelden", "hier abmelden", "hier abbestellen", "sich hier abmelden",
    "möchten sie diesen newsletter nicht mehr", "wenn sie diesen newsletter nicht mehr",
    "wenn sie diese e-mail nicht mehr", "wenn sie keine weiteren", "nicht mehr erhalten möchten",
    "einstellungen ändern", "abo verwalten", "alle rechte vorbehalten",
    "diese e-mail enthält vertrauliche", "von meinem iphone gesendet", "von meinem ipad gesendet",
    "folgen sie uns", "aus dem verteiler",
    "vous recevez ce", "vous recevez cet", "cet e-mail a été envoyé", "cet email a été envoyé",
    "ce message a été envoyé à", "se désabonner", "se désinscrire", "vous désabonner",
    "vous désinscrire", "gérer vos préférences", "gérer mes préférences", "tous droits réservés",
    "envoyé de mon iphone", "suivez-nous",
    "recibe este", "recibes este", "ha recibido este", "has recibido este",
    "este correo electrónico fue enviado", "este correo fue enviado", "darse de baja",
    "darte de baja", "cancelar suscripción", "cancelar la suscripción",
    "gestionar preferencias", "todos los derechos reservados", "enviado desde mi iphone",
    "síguenos en",
    "ricevi questa", "hai ricevuto questa", "questa email è stata inviata", "annulla l'iscrizione",
    "cancella l'iscrizione", "cancellati", "gestisci le preferenze", "tutti i diritti riservati",
    "inviato da iphone", "seguici su",
    "você está recebendo", "recebeu este", "este e-mail foi enviado", "cancelar inscrição",
    "cancelar a subscrição", "gerir preferências", "todos os direitos reservados",
    "enviado do meu iphone", "siga-nos",
    "u ontvangt deze", "je ontvangt deze", "deze e-mail is verzonden", "uitschrijven",
    "afmelden voor", "voorkeuren beheren", "alle rechten voorbehouden", "volg ons",
    "otrzymujesz tę", "otrzymujesz ten", "wypisz się", "zrezygnuj z subskrypcji",
    "wszelkie prawa zastrzeżone",
];

/// What stands below a newsletter when it is all that its line says, or a link.
#[rustfmt::skip]
pub(super) const BUTTONS: &[&str] = &[
    "unsubscribe", "opt out", "preferences", "privacy policy", "privacy", "terms", "terms of use",
    "contact us", "forward to a friend", "share", "tweet", "subscribe", "view in browser",
    "advertise", "help", "facebook", "twitter", "x", "instagram", "linkedin", "youtube",
    "mastodon", "bluesky", "threads", "tiktok", "website", "email", "e-mail",
    "abmelden", "abbestellen", "austragen", "impressum", "datenschutz", "datenschutzerklärung",
    "kontakt", "einstellungen", "newsletter weiterempfehlen", "weiterempfehlen",
    "désinscription", "désabonnement", "mentions légales", "confidentialité",
    "baja", "privacidad", "aviso legal", "política de privacidad", "disiscriviti",
    "informativa sulla privacy", "afmelden", "privacybeleid", "wypisz",
];

/// How a cover letter begins.
#[rustfmt::skip]
pub(super) const GREETINGS: &[&str] = &[
    "dear ", "hello", "hi ", "hi,", "good morning", "good afternoon",
    "sehr geehrte", "liebe ", "lieber ", "guten tag", "hallo", "guten morgen",
    "bonjour", "chers ", "chère", "cher ", "mesdames",
    "estimad", "hola", "buenos días", "queridos ", "querida",
    "gentil", "buongiorno", "caro ", "cari ", "car",
    "beste ", "geachte ", "szanowni", "prezados", "caros ",
];

/// In the name of a sender that is nobody's.
#[rustfmt::skip]
pub(super) const NOBODY: &[&str] = &[
    "noreply", "no-reply", "donotreply", "newsletter", "newsletters", "mailer", "info",
    "notification", "notifications", "alert", "alerts", "updates", "support", "webmaster",
    "postmaster", "admin", "mailer-daemon", "daemon", "robot", "bot", "digest", "mailing",
    "abo", "service", "kundenservice", "verteiler", "list", "reply",
];

/// Folders whose mails are not meant, in the labels of an export.
#[rustfmt::skip]
pub(in crate::read) const DISCARDED: &[&str] = &[
    "spam", "trash", "draft", "drafts", "junk", "bin", "papierkorb", "entwürfe", "entwurf",
    "corbeille", "brouillon", "brouillons", "papelera", "borrador", "borradores", "cestino",
    "bozze", "bozza", "lixeira", "rascunhos", "prullenbak", "concepten", "kosz", "robocze",
];

/// What an embargo begins with.
#[rustfmt::skip]
pub(super) const EMBARGOES: &[&str] = &[
    "strictly embargoed until", "strictly embargoed", "under embargo until", "under strict embargo until",
    "under strict embargo", "under embargo", "embargoed until", "embargoed for", "embargoed",
    "embargo until", "embargo date", "embargo", "not for publication before", "not for release before",
    "not for release until", "do not publish before", "hold for release until",
    "sperrfrist bis", "sperrfrist", "gesperrt bis", "achtung sperrfrist", "achtung, sperrfrist",
    "frei ab", "veröffentlichung frei ab", "nicht vor", "sous embargo jusqu'au",
    "sous embargo", "embargo jusqu'au", "embargado hasta", "embargo hasta", "bajo embargo hasta",
    "embargo fino al", "sotto embargo fino al",
];
