//! Where sentences end.

use feedwright::digest::sentences::sentences;
use proptest::prelude::*;

/// Each text is written with `|` where it has to be cut, and nowhere else.
fn check(language: &str, texts: &[&str]) {
    check_with(" ", language, texts);
}

fn check_with(between: &str, language: &str, texts: &[&str]) {
    let mut wrong = Vec::new();
    for marked in texts {
        let text = marked.replace('|', between);
        let found = sentences(&text, language);
        let found: Vec<&str> = found.iter().map(|span| span.of(&text)).collect();
        if found.join("|") != *marked {
            wrong.push(found.join("|"));
        }
    }
    assert!(wrong.is_empty(), "in {language}:\n{}", wrong.join("\n"));
}

#[test]
fn plain_sentences_end_at_their_marks() {
    check(
        "en",
        &[
            "The harbor froze.|Nobody had seen that before.",
            "Did it freeze?|It did!|Then it thawed.",
            "What?!|No.",
            "One sentence without an end",
            "It rose 3.5 percent.|Then it fell to $2.10.",
            "It took 5\u{a0}hours.|Nobody\u{a0}slept.",
            "They left in 2019.|In 2021 they came back.",
        ],
    );
}

#[test]
fn abbreviations_do_not_end_a_sentence_before_a_name() {
    check(
        "en",
        &[
            "Gov. Lena Marsh met Dr. Tom Oyelaran at St. Hilda's.|They talked.",
            "R. J. Holt and Mary K. Olsen won.|Both smiled.",
            "The U.S. Senate voted.|The U.K. did not.",
            "She lives in the U.S.|He does not.",
            "Holt & Sons Inc. was sold on Jan. 5, 2020, for No. 7.|It closed.",
            "They met at 9 a.m. on Monday.|It ended at 6 p.m.|Everyone went home.",
            "See p. 12 and Fig. 3.|Both are new.",
            "Rep. Ana Ruiz, D-Minn., agreed.|Lt. Gov. Holt did not.",
        ],
    );
}

#[test]
fn quotations_stay_whole_and_keep_their_marks() {
    check(
        "en",
        &[
            "“We waited. Nobody came,” Olsen said.|She left.",
            "“We waited.”|They did not.",
            "“Why us?” asked Holt.|“Who else?” Olsen replied.",
            "\"Is it over?\" he asked.|\"No.\"",
            "He had doubts (as had she. Often).|They passed.",
            "“It was ... odd,” he said.|“I mean... truly odd.”",
        ],
    );
}

#[test]
fn marks_inside_words_and_numbers_end_nothing() {
    check(
        "en",
        &[
            "Write to mary.olsen@example.org or see www.example.org/a.html for more.",
            "Version 2.0.1 of Example.js is out.|Get it.",
            "The firm Yahoo! in its early days grew.",
            "Well... maybe not.",
        ],
    );
}

#[test]
fn missing_spaces_and_lists_are_seen() {
    check(
        "en",
        &[
            "1. Mix the flour.|2. Bake it.",
            "a. The flour|b. The oven|c. The guests",
            "Grade a.|The best.|B was worse.",
        ],
    );
    let glued = "The bridge was closed.The ferry was not.";
    let found = sentences(glued, "en");
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].of(glued), "The ferry was not.");
}

#[test]
fn german_ordinals_and_abbreviations_are_known() {
    check(
        "de",
        &[
            "Am 3. Oktober wird gefeiert.|Danach ist Ruhe.",
            "Das sagte Dr. Anna Weiß am 12. Mai.|Er schwieg.",
            "Es kamen ca. 300 Leute, z.B. aus Bonn.|Viele blieben.",
            "„Wir gehen.“|Dann ging sie.",
            "„Was nun?“, fragte Weiß.|Niemand wusste es.",
        ],
    );
}

#[test]
fn other_languages_have_their_marks() {
    check(
        "fr",
        &["M. Dupré est venu.|« Nous partons. »|Il est parti."],
    );
    check("es", &["El Sr. Rueda llegó.|¿Qué pasó?|¡Nada!"]);
    let text = "雨が降った。道は濡れた。";
    assert_eq!(sentences(text, "ja").len(), 2);
}

#[test]
fn english_as_newspapers_write_it() {
    check(
        "en",
        &[
            "Sen. Ida Voss (R-Vt.) agreed.|Rep. Holt did not.",
            "Prof. A. B. Kerr Jr. and Mrs. Lund left.|Mr. Lund stayed.",
            "The firm, Voss Corp., lost $3.5 million.|It had 1,200 workers.",
            "He was born on Sept. 3, 1931, in St. Ives.|She was not.",
            "It opens at 7 p.m. every day.|Come early.",
            "Did she say “Why?” or “When?” to him?|Nobody knows.",
            "“Stop!” she cried.|He did not.",
            "“It is over,” said Dr. Kerr.|“We lost.”",
            "She said, “It is over.”|He nodded.",
            "The ship (built in 1902) sank.|(It was old.)|Nobody died.",
            "Bring bread, milk, etc. to the hall.|Thanks.",
            "They sell apples, pears, etc.|Nobody buys them.",
            "The score was 3-2 vs. Holm on Sunday.|Fans sang.",
            "He waited... and waited.|Then he left.",
            "It was cold…|Then it snowed.",
            "The U.N. met in Geneva.|The E.U. was there.",
            "Read No. 12 of the paper.|It costs $1.",
            "Who won?!|We did!!|Hooray.",
            "Ms. Roe wrote to J. Lee & Co. in May.|They wrote back.",
            "Gen. K. Oduya, Lt. Col. B. Marsh and Sgt. Pell spoke.|All agreed.",
            "It rained for days, i.e. the whole week.|The river rose.",
            "Something like U. A. E.|Then another one.",
            "The price fell to 99 cents.|In June it rose again.",
            "He asked about point 5.|She answered.",
            "They played '' Run ! '' .|He sang ' Wait . '|Nobody came .",
        ],
    );
}

#[test]
fn german_as_newspapers_write_it() {
    check(
        "de",
        &[
            "Am 3. Oktober 1990 war es so weit.|Alle feierten.",
            "Das gilt z. B. für Obst, d. h. für Äpfel.|Birnen sind teuer.",
            "Prof. Dr. Ida Voß sprach.|Sie blieb kurz.",
            "Er kam um 18.30 Uhr.|Sie kam später.",
            "Der 2. Weltkrieg endete 1945.|Danach wurde gebaut.",
            "Es kostet 3,50 Euro.|Das ist viel.",
            "„Wir gehen“, sagte sie.|„Kommt ihr mit?“",
            "„Ist das alles?“|Er schwieg.",
            "Die Firma Voß & Co. wurde verkauft.|Sie war alt.",
            "Vgl. dazu Seite 12.|Dort steht alles.",
            "Hr. Lund und Fr. Holm kamen.|Beide lachten.",
            "Der sog. Fachmann irrte.|Niemand wunderte sich.",
            "Das Haus Nr. 5 steht leer.|Es wird abgerissen.",
            "Sie wohnt in St. Pölten.|Er nicht.",
            "Was nun?|Niemand weiß es!|Wir warten.",
            "Er wartete … und ging.|Dann kam sie.",
            "Rund 2,5 Mio. Menschen leben dort.|Es werden mehr.",
            "Die Kinder (ca. 30) sangen.|Alle klatschten.",
            "Ludwig XIV. regierte lange.|Er baute viel.",
            "Bzgl. der Kosten schweigt er.|Sie auch.",
            "Der Zug um 9.15 Uhr fiel aus.|Viele warteten.",
        ],
    );
}

#[test]
fn french_as_newspapers_write_it() {
    check(
        "fr",
        &[
            "M. Dupré et Mme Roche sont venus.|Ils sont repartis.",
            "Le Dr Morel a parlé.|Personne n'a répondu.",
            "« Nous partons », dit-elle.|Il la suit.",
            "« Est-ce fini ? » demande-t-il.|Elle se tait.",
            "Qui a gagné ?|Nous !|Bravo.",
            "Il a payé 3,50 euros.|C'est cher.",
            "Elle a dit : « C'est fini. »|Il est parti.",
            "L'art. 5 de la loi est clair.|L'art. 6 ne l'est pas.",
            "Cf. p. 12 du rapport.|Tout y est.",
            "Le train de 18h30 est en retard.|On attend.",
            "MM. Roy et Petit se sont vus.|Ils ont ri.",
            "Il attend… puis il part.|Elle reste.",
            "J.-P. Morel a signé.|Sa sœur aussi.",
            "Il vit avenue Foch.|Elle aussi.",
            "Environ 2,5 millions de gens y vivent.|Ils seront plus.",
            "Mgr Lenoir a béni la foule.|La foule a chanté.",
            "Le no. 5 est vide.|Le no. 6 aussi.",
            "Elle est née le 3 oct. 1931 à Lyon.|Lui à Nice.",
            "Il a crié : « Non ! »|Puis il s'est tu.",
            "Il viendra le 1er mai.|Elle viendra plus tard.",
        ],
    );
}

#[test]
fn spanish_as_newspapers_write_it() {
    check(
        "es",
        &[
            "El Sr. Rueda y la Sra. Vega llegaron.|Se sentaron.",
            "La Dra. Ana Ruiz habló.|Nadie respondió.",
            "¿Quién ganó?|¡Nosotros!|Bien.",
            "«Nos vamos», dijo.|Él la siguió.",
            "—¿Ya está?|—No.",
            "Costó 3,50 euros.|Es caro.",
            "Los EE. UU. votaron.|México no.",
            "El art. 5 es claro.|El art. 6 no.",
            "Vive en la Av. Central.|Ella no.",
            "Llegó a las 9 a. m. del lunes.|Se fue pronto.",
            "El núm. 5 está vacío.|El núm. 6 también.",
            "Esperó... y se fue.|Ella se quedó.",
            "Unos 2.500 vecinos firmaron.|Otros no.",
            "Ud. no lo sabe.|Yo sí.",
            "Dijo: «Se acabó».|Luego calló.",
            "El Prof. J. M. Vega firmó.|Su hermana también.",
            "Véase la pág. 12.|Allí está todo.",
            "¡Qué frío!|¿Nieva?|Sí.",
            "Nació el 3 de oct. de 1931.|Murió en 1990.",
            "La empresa Voss y Cía. cerró.|Era vieja.",
        ],
    );
}

#[test]
fn other_languages_as_newspapers_write_them() {
    check(
        "it",
        &[
            "Il dott. Neri e la sig.ra Verdi sono arrivati.|Si sono seduti.",
            "Il prof. A. Bruni parla alle 9.30.|Poi tace.",
            "«Andiamo», disse.|Lui la seguì.",
            "Chi ha vinto?|Noi!|Bene.",
            "L'art. 5 è chiaro.|Il n. 6 no.",
            "Costa 2.500 euro.|È caro.",
        ],
    );
    check(
        "pt",
        &[
            "O Sr. Prado e a Sra. Lima chegaram.|Sentaram-se.",
            "A Dra. Ana Reis falou.|Ninguém respondeu.",
            "“Vamos embora”, disse.|Ele ficou.",
            "Quem ganhou?|Nós!|Bom.",
            "O art. 5 é claro.|O art. 6 não.",
            "São 2,5 milhões de pessoas.|Serão mais.",
        ],
    );
    check(
        "nl",
        &[
            "Mr. Vos en mevr. Smit kwamen.|Ze gingen zitten.",
            "Dr. J. de Wit sprak.|Niemand antwoordde.",
            "“We gaan”, zei ze.|Hij bleef.",
            "Wie won er?|Wij!|Mooi.",
            "Het huis op nr. 5 staat leeg.|Nr. 6 ook.",
            "Er wonen ca. 2,5 miljoen mensen.|Het worden er meer.",
        ],
    );
    check(
        "ru",
        &[
            "А. Б. Лосев и г-жа Серова пришли.|Они сели.",
            "Это стоит 2,5 млн руб. в год.|Это дорого.",
            "«Мы уходим», — сказала она.|Он остался.",
            "Кто победил?|Мы!|Хорошо.",
            "Он родился в 1931 г. в Твери.|Она нет.",
            "См. стр. 12.|Там всё есть.",
        ],
    );
}

#[test]
fn scripts_without_capitals_have_their_marks() {
    check(
        "ar",
        &[
            "قال د. سامي إن الجسر قديم.|هل يكفي المال؟|لا أحد يعرف!",
            "وصل القطار في 3.5 ساعة.|ثم غادر.",
        ],
    );
    check(
        "hi",
        &[
            "कल डॉ. राठौर आईं।|सब खुश थे।",
            "कितना खर्च होगा?|चालीस करोड़।",
            "यह 3.5 किलोमीटर लंबा है।|पुल पुराना है॥",
        ],
    );
    check("ur", &["پل پرانا ہے۔|کیا یہ گرے گا؟|نہیں۔"]);
    check("hy", &["Կամուրջը հին է։|Այն կփլվի։"]);
    check("am", &["ድልድዩ አሮጌ ነው።|ይፈርሳል።"]);
    check("km", &["ស្ពាននេះចាស់ហើយ។|វានឹងត្រូវជួសជុល។"]);
    check("my", &["တံတား ဟောင်းသည်။|ပြင်ဆင်မည်။"]);
    check(
        "el",
        &["Πότε ανοίγει;|Κανείς δεν ξέρει.|Ο Ν. Βάλσαμος ήρθε."],
    );
    check("he", &["הגשר ישן.|מתי יתקנו אותו?|איש אינו יודע."]);
}

/// The same for scripts without spaces.
fn check_unspaced(language: &str, texts: &[&str]) {
    check_with("", language, texts);
}

#[test]
fn chinese_as_newspapers_write_it() {
    check_unspaced(
        "zh",
        &[
            "桥很旧。|什么时候修？|没有人知道！",
            "市长说：“桥会修好。”|居民鼓掌。",
            "市长说：“桥很旧。我们会修好它。”|居民鼓掌。",
            "“什么时候修？”|没有人回答。",
            "「橋很舊。」|鎮長笑了。",
            "他花了3.5元。|她花了４．５元。",
            "会议（下午三点。地点未定）照常举行。|请准时到场。",
            "他等了很久……才离开。|她没有来。",
            "《旧桥》出版了。|书里有照片。",
            "真的吗？！|真的。",
            "Voss公司说不会。|ABC电视台说会。",
        ],
    );
}

#[test]
fn japanese_as_newspapers_write_it() {
    check_unspaced(
        "ja",
        &[
            "橋は古い。|いつ直すのか？|誰も知らない！",
            "市長は「橋は古い。直したい」と述べた。|住民は喜んだ。",
            "「橋は古い。」と市長は言った。|住民は黙っていた。",
            "「直します。」|市長は笑った。",
            "長さは３．５キロだ。|幅は４メートルだ。",
            "工事（来年。予定）は続く。|費用は高い。",
            "Voss！ニュースが伝えた。|市は黙っている。",
            "彼は待った…だが来なかった。|雨だった。",
            "『古い橋。』という本だ。|写真が多い。",
            "ﾊｼﾊ ﾌﾙｲ｡|ﾅｵｽ｡",
        ],
    );
}

#[test]
fn thai_ends_at_blanks_between_long_clauses() {
    let clauses = [
        "ชาวบ้านบนเกาะรวมตัวกันหน้าศาลากลางเมื่อวันจันทร์และขอให้จังหวัดซ่อมสะพานเก่าก่อนฤดูฝน",
        "ผู้ว่าราชการจังหวัดตอบว่าจะส่งวิศวกรไปตรวจสะพานในสัปดาห์หน้า",
    ];
    let count = |text: &str| sentences(text, "th").len();
    assert_eq!(count(&clauses.join(" ")), 2);
    // Names and numbers have blanks around them, and what joins a clause goes on.
    assert_eq!(count(&format!("{} 300 คน", clauses[0])), 1);
    let purpose = "เพื่อให้ชาวบ้านเดินข้ามไปทำงานได้อย่างปลอดภัย";
    assert_eq!(count(&format!("{} {purpose}", clauses[0])), 1);
    assert_eq!(count("สะพานเก่า  สะพานใหม่"), 2);
}

#[test]
fn an_unclosed_quotation_does_not_swallow_the_rest() {
    let text = "He said “we are late. The train left. Nobody waited.";
    assert_eq!(sentences(text, "en").len(), 3);
}

proptest! {
    #[test]
    fn sentences_cover_everything_but_white_space(text in "\\PC*") {
        let mut end = 0;
        for span in sentences(&text, "en") {
            prop_assert!(text[end..span.range().start].trim().is_empty());
            prop_assert!(!span.of(&text).trim().is_empty());
            end = span.range().end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }

    #[test]
    fn marks_in_any_order_do_no_harm(text in "[A-Za-z0-9 .!?…“”„\"'()\\[\\]«»•。-]{0,80}") {
        let found = sentences(&text, "de");
        prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }
}
