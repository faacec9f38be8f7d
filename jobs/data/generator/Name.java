import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A name as its bearer writes it, and the letters that mail addresses are made of. */
record Name(String text, String ascii) {

    /** {@code Zoë} or, where the letters do not follow from the name, {@code 美咲=misaki}. */
    static Name of(String entry) {
        int at = entry.indexOf('=');
        return at < 0 ? new Name(entry, asciiOf(entry)) : new Name(entry.substring(0, at), entry.substring(at + 1));
    }

    static List<Name> list(String entries) {
        return Arrays.stream(entries.strip().split("\\s*,\\s*")).map(Name::of).toList();
    }

    private static String asciiOf(String text) {
        String plain = text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
                .replace("Ä", "Ae").replace("Ö", "Oe").replace("Ü", "Ue")
                .replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("ı", "i");
        String letters = Normalizer.normalize(plain, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]", "");
        if (letters.isEmpty()) {
            throw new IllegalArgumentException("Say how " + text + " is written in a mail address: " + text + "=…");
        }
        return letters;
    }
}
