//! Which language is an article in: what it states, and what its text tells.

use feedwright::{
    article::{Article, Origin},
    digest::{Settings, digest},
    text::{BlockKind, Text},
};

/// The language of an article that consists of these paragraphs.
fn language(stated: Option<&str>, paragraphs: &[&str]) -> Option<String> {
    let mut text = Text::default();
    for paragraph in paragraphs {
        text.push(BlockKind::Paragraph, paragraph);
    }
    let article = Article {
        language: stated.map(str::to_owned),
        origin: Origin::Authored,
        text,
        ..Article::default()
    };
    digest(article, &Settings::default()).language
}

/// A few sentences on an old bridge, by language.
const BRIDGES: &[(&str, &str)] = &[
    (
        "en",
        "The council decided on Tuesday that the old bridge should be repaired before the winter, since nobody wants to wait for another year. It is the only way across the river for those who walk.",
    ),
    (
        "de",
        "Der Stadtrat hat am Dienstag beschlossen, dass die alte Brücke noch vor dem Winter repariert werden soll, weil niemand ein weiteres Jahr warten will. Sie ist der einzige Weg über den Fluss.",
    ),
    (
        "fr",
        "Le conseil a décidé mardi que le vieux pont serait réparé avant l'hiver, car personne ne veut attendre une année de plus. C'est le seul chemin pour traverser la rivière à pied.",
    ),
    (
        "es",
        "El consejo decidió el martes que el viejo puente se repare antes del invierno, porque nadie quiere esperar otro año. Es el único camino para cruzar el río a pie, dijo una vecina.",
    ),
    (
        "it",
        "Il consiglio ha deciso martedì che il vecchio ponte va riparato prima dell'inverno, perché nessuno vuole aspettare un altro anno. È l'unica strada per attraversare il fiume a piedi.",
    ),
    (
        "pt",
        "A câmara decidiu na terça-feira que a ponte antiga deve ser reparada antes do inverno, porque ninguém quer esperar mais um ano. É o único caminho para atravessar o rio a pé.",
    ),
    (
        "nl",
        "De gemeenteraad heeft dinsdag besloten dat de oude brug nog voor de winter wordt gerepareerd, want niemand wil nog een jaar wachten. Het is de enige weg over de rivier voor wie loopt.",
    ),
    (
        "sv",
        "Kommunfullmäktige beslutade i tisdags att den gamla bron ska repareras före vintern, eftersom ingen vill vänta ett år till. Det är den enda vägen över ån för den som går.",
    ),
    (
        "da",
        "Byrådet besluttede tirsdag, at den gamle bro skal repareres inden vinteren, fordi ingen ønsker at vente endnu et år. Det er den eneste vej over åen for dem, der går.",
    ),
    (
        "nb",
        "Kommunestyret vedtok tirsdag at den gamle broen skal repareres før vinteren, fordi ingen ønsker å vente ett år til. Det er den eneste veien over elva for dem som går.",
    ),
    (
        "fi",
        "Kaupunginvaltuusto päätti tiistaina, että vanha silta korjataan ennen talvea, koska kukaan ei halua odottaa enää vuotta. Se on ainoa tie joen yli niille, jotka kulkevat jalan.",
    ),
    (
        "pl",
        "Rada miasta zdecydowała we wtorek, że stary most zostanie naprawiony przed zimą, ponieważ nikt nie chce czekać kolejnego roku. To jedyna droga przez rzekę dla tych, którzy chodzą pieszo.",
    ),
    (
        "cs",
        "Zastupitelstvo v úterý rozhodlo, že starý most bude opraven ještě před zimou, protože nikdo nechce čekat další rok. Je to jediná cesta přes řeku pro ty, kdo chodí pěšky.",
    ),
    (
        "hu",
        "A városi tanács kedden úgy döntött, hogy a régi hidat még a tél előtt meg kell javítani, mert senki sem akar még egy évet várni. Ez az egyetlen út a folyón át a gyalogosoknak.",
    ),
    (
        "ro",
        "Consiliul a hotărât marți că podul vechi trebuie reparat înainte de iarnă, pentru că nimeni nu vrea să mai aștepte încă un an. Este singurul drum peste râu pentru cei care merg pe jos.",
    ),
    (
        "tr",
        "Belediye meclisi salı günü eski köprünün kıştan önce onarılmasına karar verdi, çünkü kimse bir yıl daha beklemek istemiyor. Yürüyenler için nehrin karşısına geçmenin tek yolu bu.",
    ),
    (
        "vi",
        "Hội đồng đã quyết định hôm thứ ba rằng cây cầu cũ phải được sửa trước mùa đông, vì không ai muốn chờ thêm một năm nữa. Đó là con đường duy nhất qua sông cho người đi bộ.",
    ),
    (
        "id",
        "Dewan kota memutuskan pada hari Selasa bahwa jembatan tua itu harus diperbaiki sebelum musim dingin, karena tidak ada yang ingin menunggu satu tahun lagi. Itu satu-satunya jalan menyeberangi sungai bagi pejalan kaki.",
    ),
    (
        "ru",
        "Совет решил во вторник, что старый мост должен быть отремонтирован до зимы, потому что никто не хочет ждать ещё один год. Это единственный путь через реку для тех, кто ходит пешком.",
    ),
    (
        "uk",
        "Рада вирішила у вівторок, що старий міст має бути відремонтований до зими, бо ніхто не хоче чекати ще один рік. Це єдиний шлях через річку для тих, хто ходить пішки.",
    ),
    (
        "bg",
        "Съветът реши във вторник, че старият мост трябва да бъде ремонтиран преди зимата, защото никой не иска да чака още една година. Това е единственият път през реката за хората пеша.",
    ),
    (
        "sr",
        "Веће је у уторак одлучило да стари мост треба поправити пре зиме, јер нико не жели да чека још једну годину. То је једини пут преко реке за оне који иду пешке, рећи ће свако ђаче.",
    ),
    (
        "kk",
        "Кеңес сейсенбі күні ескі көпірді қысқа дейін жөндеу керек деп шешті, өйткені ешкім тағы бір жыл күткісі келмейді. Бұл жаяу жүргіншілер үшін өзеннен өтетін жалғыз жол.",
    ),
    (
        "el",
        "Το συμβούλιο αποφάσισε την Τρίτη ότι η παλιά γέφυρα πρέπει να επισκευαστεί πριν από τον χειμώνα.",
    ),
    (
        "he",
        "המועצה החליטה ביום שלישי שיש לתקן את הגשר הישן לפני החורף, כי איש אינו רוצה לחכות עוד שנה.",
    ),
    (
        "ar",
        "قرر المجلس يوم الثلاثاء إصلاح الجسر القديم قبل الشتاء لأن أحدا لا يريد الانتظار عاما آخر، وهو الطريق الوحيد عبر النهر للمشاة.",
    ),
    (
        "fa",
        "شورا روز سه‌شنبه تصمیم گرفت که پل قدیمی پیش از زمستان تعمیر شود، زیرا هیچ‌کس نمی‌خواهد یک سال دیگر صبر کند. این تنها راه گذر پیاده از رودخانه است.",
    ),
    (
        "ur",
        "کونسل نے منگل کو فیصلہ کیا کہ پرانے پل کی مرمت سردیوں سے پہلے کی جائے گی کیونکہ کوئی بھی ایک اور سال انتظار نہیں کرنا چاہتا۔ پیدل چلنے والوں کے لیے یہی واحد راستہ ہے۔",
    ),
    (
        "hi",
        "परिषद ने मंगलवार को तय किया कि पुराने पुल की मरम्मत सर्दियों से पहले की जाएगी, क्योंकि कोई भी एक और साल इंतज़ार नहीं करना चाहता। पैदल चलने वालों के लिए नदी पार करने का यही एक रास्ता है।",
    ),
    (
        "th",
        "สภาตัดสินใจเมื่อวันอังคารว่าสะพานเก่าควรได้รับการซ่อมแซมก่อนฤดูหนาว",
    ),
    (
        "ka",
        "საბჭომ სამშაბათს გადაწყვიტა, რომ ძველი ხიდი ზამთრამდე უნდა შეკეთდეს.",
    ),
    (
        "ja",
        "市議会は火曜日、古い橋を冬の前に修理することを決めた。これ以上待ちたい人はいない。",
    ),
    (
        "zh",
        "市议会星期二决定，在冬天到来之前修好那座旧桥，因为没有人愿意再等一年。",
    ),
    (
        "ko",
        "시의회는 화요일에 오래된 다리를 겨울이 오기 전에 고치기로 결정했다.",
    ),
];

#[test]
fn a_text_tells_its_language() {
    let mut wrong = Vec::new();
    for (tag, text) in BRIDGES {
        let found = language(None, &[text]);
        if found.as_deref() != Some(tag) {
            wrong.push(format!("{tag}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join(", "));
}

#[test]
fn a_few_words_tell_no_language() {
    for text in ["Berlin", "OK 12", "Ada Holm, Per Lind", "мост", "橋"] {
        assert_eq!(language(None, &[text]), None, "{text}");
    }
}

fn text_of(tag: &str) -> &'static str {
    BRIDGES.iter().find(|(known, _)| *known == tag).unwrap().1
}

/// A long article in this language.
fn long(tag: &str) -> Vec<String> {
    (0..16)
        .map(|at| format!("{} {at}.", text_of(tag)))
        .collect()
}

fn long_language(stated: &str, paragraphs: &[String]) -> Option<String> {
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    language(Some(stated), &paragraphs)
}

#[test]
fn a_stated_language_is_kept() {
    for stated in ["en-GB", "de", "fr", "x-unknown"] {
        assert_eq!(language(Some(stated), &["Berlin"]).as_deref(), Some(stated));
    }
    assert_eq!(
        long_language("de-AT", &long("de")).as_deref(),
        Some("de-AT")
    );
    assert_eq!(
        long_language("zh-Hant", &long("zh")).as_deref(),
        Some("zh-Hant")
    );
    // Which of two neighbors it is, its author knows best.
    assert_eq!(long_language("nn", &long("nb")).as_deref(), Some("nn"));
    // A paragraph in another language is a quotation.
    let mut quoting = long("en");
    quoting[7] = text_of("de").repeat(3);
    quoting[8] = text_of("de").repeat(3);
    assert_eq!(long_language("en", &quoting).as_deref(), Some("en"));
}

#[test]
fn a_language_that_is_stated_as_unknown_is_found() {
    for (tag, text) in BRIDGES {
        assert_eq!(language(Some("und"), &[text]).as_deref(), Some(*tag));
    }
}

#[test]
fn a_stated_language_that_the_text_plainly_contradicts_does_not_count() {
    for (stated, tag) in [
        ("en", "de"),
        ("en-US", "fr"),
        ("en", "ru"),
        ("de", "en"),
        ("fr", "en"),
        ("en", "ja"),
        ("es", "uk"),
    ] {
        assert_eq!(
            long_language(stated, &long(tag)).as_deref(),
            Some(tag),
            "{stated}"
        );
    }
}
