//! What failures say, in German; the English texts stand where they arise. What is not listed keeps its English text in
//! brackets, behind the words of the window for its code.

/// English, with `{}` for what is named, and German, with `{1}`, `{2}` … for the same.
const OURS: &[(&str, &str)] = &[
    ("The input of {} is not right: {}.", "Die Eingabe von {1} passt nicht: {2}."),
    ("The input is not JSON: {}.", "Die Eingabe ist kein JSON: {1}."),
    (
        "The backup folder {} is not there. Please plug in its disk, or choose another folder.",
        "Der Sicherungsordner {1} ist nicht da. Bitte seine Platte einstecken oder einen anderen Ordner wählen.",
    ),
    (
        "There is no backup in the folder {}. Please choose the folder that has the file “config” in it.",
        "Im Ordner {1} ist keine Sicherung. Bitte den Ordner wählen, in dem die Datei „config“ liegt.",
    ),
    (
        "These words do not open the backup. Please compare them with what you wrote down.",
        "Diese Wörter öffnen die Sicherung nicht. Bitte mit dem Aufgeschriebenen vergleichen.",
    ),
    (
        "The {}. word is none of the list. Please look at it again.",
        "Das {1}. Wort steht nicht in der Liste. Bitte noch einmal nachsehen.",
    ),
    (
        "These are not twelve words that belong together. Please compare them with what you wrote down.",
        "Das sind nicht zwölf Wörter, die zusammengehören. Bitte mit dem Aufgeschriebenen vergleichen.",
    ),
    (
        "No backup folder is chosen yet. Please choose one in the settings, or with `workmate-cli backup --to DIR`.",
        "Noch ist kein Ordner für Sicherungen gewählt. „workmate-cli backup --to ORDNER“ wählt einen, oder die Einstellungen im Fenster.",
    ),
    (
        "The data in {} is locked. Please open it with the password.",
        "Die Daten in {1} sind gesperrt. Bitte mit dem Passwort öffnen.",
    ),
    (
        "{} is encrypted, but the file “keys.json” beside it is gone, and its copy, too. Nothing was changed. Please bring one of them back from a backup: without it nobody can open the data.",
        "{1} ist verschlüsselt, aber die Datei „keys.json“ daneben fehlt, und ihre Kopie auch. Es wurde nichts verändert. Bitte eine von beiden aus einer Sicherung holen: ohne sie kann niemand die Daten öffnen.",
    ),
    (
        "This does not open the data. Please type it again; capital letters matter in a password.",
        "Das öffnet die Daten nicht. Bitte noch einmal eingeben; bei einem Passwort zählt Groß und Klein.",
    ),
    (
        "The file {} with the wrapped key is damaged, and so is its copy. Please bring it back from a backup: without it nobody can open the data.",
        "Die Datei {1} mit dem verpackten Schlüssel ist beschädigt, und ihre Kopie auch. Bitte aus einer Sicherung holen: ohne sie kann niemand die Daten öffnen.",
    ),
    (
        "The file {} was written by a newer version. Please update the program; nothing was changed.",
        "Die Datei {1} stammt von einer neueren Version. Bitte das Programm aktualisieren; es wurde nichts verändert.",
    ),
    (
        "Please take a password of at least {} letters; several words make a good one.",
        "Bitte ein Passwort aus mindestens {1} Buchstaben nehmen; mehrere Wörter sind ein gutes.",
    ),
    (
        "The data in {} is not encrypted: there is no key file.",
        "Die Daten in {1} sind nicht verschlüsselt: es gibt keine Schlüsseldatei.",
    ),
    ("The data is encrypted already.", "Die Daten sind schon verschlüsselt."),
    (
        "On this system the data cannot be encrypted yet.",
        "Auf diesem System lassen sich die Daten noch nicht verschlüsseln.",
    ),
    (
        "The data is not encrypted, so there is nothing to lock. It can be encrypted in the settings.",
        "Die Daten sind nicht verschlüsselt, also gibt es nichts zu sperren. Verschlüsseln lassen sie sich in den Einstellungen.",
    ),
    (
        "The data in this backup is encrypted besides. Please type its password, or its own twelve words.",
        "Die Daten in dieser Sicherung sind noch einmal verschlüsselt. Bitte ihr Passwort eingeben, oder ihre eigenen zwölf Wörter.",
    ),
    ("There is no such state in this backup.", "Diesen Stand gibt es in der Sicherung nicht."),
    (
        "A part is given as a number and how many there are, such as 1 of 10.",
        "Ein Teil wird mit seiner Nummer und der Zahl der Teile genannt, etwa 1 von 10.",
    ),
    (
        "The key needs a name: that of the program that gets it.",
        "Der Schlüssel braucht einen Namen: den des Programms, das ihn bekommt.",
    ),
    ("A key is valid for 1 to {} days.", "Ein Schlüssel gilt 1 bis {1} Tage."),
    ("There is no field “{}”.", "Das Feld „{1}“ gibt es nicht."),
    (
        "“{}” in “{}” is no day: it is written such as 14 Nov 2026 or tomorrow.",
        "„{1}“ bei „{2}“ ist kein Tag: er wird zum Beispiel 14.11.2026 oder morgen geschrieben.",
    ),
    (
        "A day or an hour in the input cannot be read: they are written such as 14 Nov 2026 and 19:30.",
        "Ein Tag oder eine Uhrzeit in der Eingabe ist nicht zu lesen: geschrieben werden sie wie 14.11.2026 und 19:30.",
    ),
    ("There is no setting “{}”.", "Die Einstellung „{1}“ gibt es nicht; „workmate-cli call settings.get“ zeigt alle."),
    ("The value of the setting “{}” is not right: {}.", "Der Wert der Einstellung „{1}“ passt nicht: {2}."),
    (
        "“{}” is not a time zone: use a name such as Europe/Berlin.",
        "„{1}“ ist keine Zeitzone: sie heißt zum Beispiel Europe/Berlin.",
    ),
    ("At least one time of day for reminders is needed.", "Für Erinnerungen ist mindestens eine Uhrzeit nötig."),
    (
        "At least one notification a day is needed; reminders can be paused instead.",
        "Mindestens eine Benachrichtigung am Tag ist nötig; Erinnerungen lassen sich stattdessen pausieren.",
    ),
    (
        "At least one channel is needed for each stage; reminders can be paused instead.",
        "Jede Stufe braucht mindestens einen Kanal; Erinnerungen lassen sich stattdessen pausieren.",
    ),
    ("There is no channel “{}”; there are: {}.", "Den Kanal „{1}“ gibt es nicht, aber: {2}."),
    ("Use tasks.complete for what is done: it asks how.", "Was erledigt ist, sagt tasks.complete: es fragt, wodurch."),
    ("A task needs a title: what is to be done?", "Eine Aufgabe braucht einen Titel: was ist zu tun?"),
    ("A time of day needs a day.", "Eine Uhrzeit braucht einen Tag."),
    ("What comes again needs a first day.", "Was wiederkommt, braucht einen ersten Tag."),
    (
        "This task has no amount: say how much it is first.",
        "Diese Aufgabe hat keinen Betrag: zuerst sagen, wie viel es ist.",
    ),
    (
        "“{}” cannot be paid towards {}: use a positive amount in the same currency.",
        "„{1}“ lässt sich nicht auf {2} zahlen: nötig ist ein Betrag über null in derselben Währung.",
    ),
    (
        "The task would wait for itself: one of the others waits for it.",
        "Die Aufgabe würde auf sich selbst warten: eine der anderen wartet auf sie.",
    ),
    ("A document cannot belong to itself.", "Ein Dokument kann nicht zu sich selbst gehören."),
    (
        "A task without a day is no calendar entry: give it a day first.",
        "Eine Aufgabe ohne Tag ist kein Kalendereintrag: zuerst einen Tag geben.",
    ),
    (
        "The name of a tag is not empty and has no slash in it.",
        "Der Name eines Tags ist nicht leer und hat keinen Schrägstrich.",
    ),
    ("A sender needs a name.", "Ein Absender braucht einen Namen."),
    ("A view needs a name.", "Eine Ansicht braucht einen Namen."),
    ("Please say who sent it.", "Bitte sagen, von wem es kommt."),
    ("Please say beside which words the value stands.", "Bitte sagen, neben welchen Wörtern die Angabe steht."),
    (
        "A document needs at least one page. Put it into the trash instead.",
        "Ein Dokument braucht mindestens eine Seite. Stattdessen in den Papierkorb legen.",
    ),
    (
        "A page is turned by 90, 180 or 270 degrees, not by {}.",
        "Eine Seite wird um 90, 180 oder 270 Grad gedreht, nicht um {1}.",
    ),
    ("Page {} is named twice. Name it once.", "Seite {1} ist zweimal genannt. Einmal genügt."),
    ("Please enter a value.", "Bitte einen Wert angeben."),
    ("This field cannot be typed in.", "Diese Angabe lässt sich nicht eintippen."),
    ("“{}” is not a date such as 14.03.2026.", "„{1}“ ist kein Datum wie 14.03.2026."),
    ("“{}” is not a date and time such as 14.03.2026 09:30.", "„{1}“ ist kein Tag mit Uhrzeit wie 14.03.2026 09:30."),
    ("“{}” is not an amount such as 84,20.", "„{1}“ ist kein Betrag wie 84,20."),
    ("“{}” is not a currency such as EUR.", "„{1}“ ist keine Währung wie EUR."),
    ("“{}” is not a whole number.", "„{1}“ ist keine ganze Zahl."),
    ("“{}” is not an IBAN: please check its length and digits", "„{1}“ ist keine IBAN: bitte Länge und Ziffern prüfen"),
    (
        "“{}” is not a currency code of three letters, such as EUR",
        "„{1}“ ist kein Währungskürzel aus drei Buchstaben wie EUR",
    ),
    (
        "“{}” is not a rule such as FREQ=MONTHLY;BYMONTHDAY=1 ({})",
        "„{1}“ ist keine Regel wie FREQ=MONTHLY;BYMONTHDAY=1 ({2})",
    ),
    ("There is no {} {} any more.", "Das gibt es nicht mehr: {2}. Die Listen zeigen, was es gibt."),
    (
        "There is no {} {}. It may have been undone; please load the list again.",
        "Das gibt es nicht: {2}. Vielleicht wurde es rückgängig gemacht; die Listen zeigen, was es gibt.",
    ),
    (
        "“{}” cannot be undone: {}. Please change it by hand instead; nothing was changed.",
        "„{1}“ lässt sich nicht rückgängig machen ({2}). Bitte von Hand ändern; es wurde nichts geändert.",
    ),
    ("The profile folder {} cannot be used: {}.", "Der Profilordner {1} lässt sich nicht verwenden: {2}."),
    (
        "No home folder was found. Please name a profile folder with --profile.",
        "Es gibt keinen Benutzerordner. Bitte mit --profile einen Ordner für das Profil nennen.",
    ),
    (
        "{} cannot be written. Please check the rights of the folder, or choose another profile.",
        "{1} lässt sich nicht schreiben. Bitte die Rechte des Ordners prüfen oder ein anderes Profil wählen.",
    ),
    (
        "{} is in use by another program. Please try again in a moment.",
        "{1} wird gerade von einem anderen Programm benutzt. Bitte gleich noch einmal versuchen.",
    ),
    (
        "There is no room left on the disk that holds {}. Please make room and try again.",
        "Auf der Platte mit {1} ist kein Platz mehr. Bitte Platz schaffen und noch einmal versuchen.",
    ),
    (
        "{} is missing or empty, but letters lie in the archive beside it. Nothing was changed. Please put the database back \
         (copies of it are in the folder “backups”), or run `workmate-cli adopt`: it makes a new one and takes in every original \
         again.",
        "{1} fehlt oder ist leer, aber im Archiv daneben liegen Briefe. Es wurde nichts verändert. Bitte die Datenbank \
         zurücklegen (Kopien von ihr sind im Ordner „backups“), oder „workmate-cli adopt“ legt eine neue an und nimmt jedes \
         Original noch einmal auf.",
    ),
    (
        "{} does not belong to this profile. Nothing was changed. Please put the right one back (copies of the database are in \
         the folder “backups”), or run `workmate-cli adopt`: it sets this one aside, makes a new database and takes in every \
         original again.",
        "{1} gehört nicht zu diesem Profil. Es wurde nichts verändert. Bitte die richtige zurücklegen (Kopien der Datenbank \
         sind im Ordner „backups“), oder „workmate-cli adopt“ legt diese beiseite, macht eine neue und nimmt jedes Original \
         noch einmal auf.",
    ),
    (
        "{} is there, whole, and belongs to this profile: there is nothing to adopt. Nothing was changed.",
        "{1} ist da, ganz und gehört zu diesem Profil: es gibt nichts zu übernehmen. Es wurde nichts verändert.",
    ),
    (
        "{} is not an empty folder. Please name a new or an empty one: nothing in it is to be overwritten.",
        "{1} ist kein leerer Ordner. Bitte einen neuen oder leeren nennen: nichts darin soll überschrieben werden.",
    ),
    (
        "An export or import is running already. Please wait until it is done, or call it off.",
        "Es läuft schon ein Auszug oder Import. Bitte warten, bis er fertig ist, oder ihn abbrechen.",
    ),
    ("It was called off. Nothing was changed.", "Abgebrochen. Es wurde nichts geändert."),
    (
        "This profile is not empty, and its letters would be here twice. Name a new folder with --profile.",
        "Dieses Profil ist nicht leer, und die Briefe wären doppelt da. Mit --profile einen neuen Ordner nennen.",
    ),
    (
        "{} was written by a newer version of Workmate ({}). Please update Workmate; nothing was changed.",
        "{1} hat ein neueres Workmate geschrieben ({2}). Bitte Workmate aktualisieren; es wurde nichts geändert.",
    ),
    (
        "{} is no export of Workmate: its {} cannot be read ({}).",
        "{1} ist kein Auszug von Workmate: darin lässt sich {2} nicht lesen ({3}).",
    ),
    ("{} is no export of paperless-ngx: {}.", "{1} ist kein Export von paperless-ngx: {2}."),
    ("there is no manifest.json in it", "darin ist keine manifest.json"),
    (
        "The list of hashes is missing or cannot be read, so the files could not be checked.",
        "Die Liste der Prüfsummen fehlt oder ist nicht zu lesen; die Dateien konnten nicht geprüft werden.",
    ),
    (
        "“{}” is damaged: its content is not what was exported.",
        "„{1}“ ist beschädigt: der Inhalt ist nicht mehr der, der geschrieben wurde.",
    ),
    (
        "“{}” is damaged: its checksum is not that of the manifest.",
        "„{1}“ ist beschädigt: die Prüfsumme ist nicht die des Verzeichnisses.",
    ),
    ("“{}” is missing or cannot be read ({}).", "„{1}“ fehlt oder lässt sich nicht lesen ({2})."),
    ("“{}” cannot be read ({}).", "„{1}“ lässt sich nicht lesen ({2})."),
    (
        "“{}” leads out of the folder, or over a link. It is left out.",
        "„{1}“ führt aus dem Ordner hinaus oder über eine Verknüpfung und bleibt weg.",
    ),
    (
        "“{}” leads out of the ZIP, or is a link. It is left out.",
        "„{1}“ führt aus der ZIP-Datei hinaus oder ist eine Verknüpfung und bleibt weg.",
    ),
    ("“{}” cannot be taken out of the ZIP ({}).", "„{1}“ lässt sich nicht aus der ZIP-Datei holen ({2})."),
    (
        "“{}” is larger than {} MB, the most that is taken in.",
        "„{1}“ ist größer als {2} MB, so viel wird höchstens aufgenommen.",
    ),
    ("The manifest names no file for “{}”.", "Das Verzeichnis nennt für „{1}“ keine Datei."),
    (
        "{} entries of “{}” did not come back: what they belong to is missing or damaged.",
        "{1} Einträge von „{2}“ kamen nicht zurück: wozu sie gehören, fehlt oder ist beschädigt.",
    ),
    (
        "The original of “{}” cannot be read ({}). What is known of it is here.",
        "Das Original von „{1}“ lässt sich nicht lesen ({2}). Was darüber bekannt ist, ist da.",
    ),
    (
        "The original of “{}” is not what came in any more. It was copied as it is.",
        "Das Original von „{1}“ ist nicht mehr, was hereinkam. Kopiert wurde es, wie es ist.",
    ),
    ("{} cannot be read: {}", "{1} lässt sich nicht lesen: {2}"),
];

/// The same for what libraries say: of the form of an input (serde), of JSON, ids, amounts and files.
const OF_LIBRARIES: &[(&str, &str)] = &[
    ("missing field `{}`", "es fehlt „{1}“"),
    ("unknown field `{}`, expected {}", "das Feld „{1}“ gibt es nicht; es gibt {2}"),
    ("unknown variant `{}`, expected one of {}", "„{1}“ gibt es hier nicht; es gibt {2}"),
    ("unknown variant `{}`, expected {}", "„{1}“ gibt es hier nicht; es gibt {2}"),
    ("invalid type: {}, expected {}", "da steht {1}, nötig ist {2}"),
    ("invalid value: {}, expected {}", "da steht {1}, nötig ist {2}"),
    ("invalid length {}, expected {}", "die Länge {1} passt nicht, nötig ist {2}"),
    ("string \"{}\"", "der Text „{1}“"),
    ("integer `{}`", "die Zahl {1}"),
    ("floating point `{}`", "die Zahl {1}"),
    ("boolean `{}`", "{1}"),
    ("null", "nichts (null)"),
    ("sequence", "eine Liste"),
    ("map", "ein Objekt"),
    ("unit", "nichts"),
    ("a sequence", "eine Liste"),
    ("a map", "ein Objekt"),
    ("a string", "ein Text"),
    ("a boolean", "true oder false"),
    ("u8", "eine ganze Zahl ab 0"),
    ("u32", "eine ganze Zahl ab 0"),
    ("i32", "eine ganze Zahl"),
    ("struct {}", "ein Objekt ({1})"),
    ("a formatted date string", "ein Tag wie 14.11.2026"),
    ("a formatted time string", "eine Uhrzeit wie 19:30"),
    ("a Decimal type representing a fixed-point number", "ein Betrag wie 49.30"),
    ("input contains invalid characters", "ein Tag oder eine Uhrzeit darin ist nicht zu lesen"),
    ("input is out of range", "ein Tag oder eine Uhrzeit darin ist nicht zu lesen"),
    ("premature end of input", "ein Tag oder eine Uhrzeit darin ist nicht zu lesen"),
    ("trailing input", "ein Tag oder eine Uhrzeit darin ist nicht zu lesen"),
    ("UUID parsing failed: {}", "eine Kennung darin stimmt nicht; sie steht am Ende jeder Zeile der Listen"),
    ("{} at line {} column {}", "{1}, Zeile {2}, Zeichen {3}"),
    ("EOF while parsing {}", "es hört mittendrin auf"),
    ("key must be a string", "die Namen der Felder stehen in \"…\""),
    ("expected value", "hier fehlt ein Wert; Text steht in \"…\""),
    ("expected ident", "hier fehlt ein Wert; Text steht in \"…\""),
    ("expected `:`", "hier fehlt ein Doppelpunkt"),
    ("expected `,` or `}`", "hier fehlt , oder }"),
    ("expected `,` or `]`", "hier fehlt , oder ]"),
    ("trailing comma", "ein Komma ist zu viel"),
    ("trailing characters", "dahinter steht noch etwas"),
    ("invalid number", "das ist keine Zahl"),
    ("No such file or directory (os error {})", "das gibt es nicht"),
    ("Permission denied (os error {})", "die Rechte fehlen"),
    ("Not a directory (os error {})", "das ist kein Ordner"),
    ("Is a directory (os error {})", "das ist ein Ordner"),
];

/// What a failure says, in German, where it is known.
pub(crate) fn said(message: &str) -> Option<String> {
    OURS.iter().chain(OF_LIBRARIES).find_map(|(english, german)| in_words_of(english, german, message))
}

/// What is named is looked up as well: it may be why.
fn in_words_of(english: &str, german: &str, message: &str) -> Option<String> {
    let (first, others) = english.split_once("{}").map_or((english, None), |(first, others)| (first, Some(others)));
    let mut rest = message.strip_prefix(first)?;
    let Some(others) = others else {
        return rest.is_empty().then(|| german.to_owned());
    };
    let mut pieces = others.split("{}").peekable();
    let mut filled = german.to_owned();
    let mut number = 1;
    while let Some(piece) = pieces.next() {
        let is_last = pieces.peek().is_none();
        let (named, behind) = if is_last { (rest.strip_suffix(piece)?, "") } else { rest.split_once(piece)? };
        let named = said(named).unwrap_or_else(|| named.replace('`', ""));
        filled = filled.replace(&format!("{{{number}}}"), &named);
        rest = behind;
        number += 1;
    }
    Some(filled)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn sources(folder: &Path) -> String {
        let mut all = String::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all += &sources(&path);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("german_failures.rs") {
                all += &fs::read_to_string(&path).unwrap();
            }
        }
        all
    }

    #[test]
    fn each_text_is_still_said_somewhere() {
        let all = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
        for (english, _) in OURS {
            for piece in english.split("{}").flat_map(|piece| piece.split(" such as ")) {
                // A message may be put together of two parts; a point at its end, too.
                let piece = piece.trim_matches(['.', ' ', '“', '”', ':']).trim_start_matches("is not ");
                assert!(all.contains(piece), "{piece}");
            }
        }
    }

    #[test]
    fn what_is_named_keeps_its_place_and_its_reason_is_german_too() {
        for (english, german) in [
            (
                "The input of tasks.get is not right: missing field `id`.",
                "Die Eingabe von tasks.get passt nicht: es fehlt „id“.",
            ),
            (
                "The value of the setting “land” is not right: unknown variant `XX`, expected one of `BW`, `BY`.",
                "Der Wert der Einstellung „land“ passt nicht: „XX“ gibt es hier nicht; es gibt BW, BY.",
            ),
            (
                "The input of documents.list is not right: invalid type: string \"x\", expected u32.",
                "Die Eingabe von documents.list passt nicht: da steht der Text „x“, nötig ist eine ganze Zahl ab 0.",
            ),
            (
                "/tmp/x.pdf cannot be read: No such file or directory (os error 2)",
                "/tmp/x.pdf lässt sich nicht lesen: das gibt es nicht",
            ),
        ] {
            assert_eq!(said(english).as_deref(), Some(german));
        }
        assert_eq!(said("Something else happened."), None);
    }

    #[test]
    fn json_that_is_none_is_explained() {
        for text in [
            "{",
            "{title: 1}",
            "{\"title\": }",
            "[1,]",
            "{\"a\" 1}",
            "{\"a\": 1 \"b\"}",
            "nul",
            "{} {}",
            "\"a",
            "tomorrow",
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err().to_string();
            let german = said(&error).unwrap_or_else(|| panic!("{error}"));
            assert!(
                ["expected", "while", "trailing", "must", " line "].iter().all(|word| !german.contains(word)),
                "{german}"
            );
        }
    }
}
