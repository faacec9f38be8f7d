import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives out mail addresses, none twice, and spells them the ways people type them. */
final class Mails {

    private final Set<String> taken = new HashSet<>();

    String give(Name given, Name surname, String domain) {
        String local = given.ascii().isEmpty() ? surname.ascii() : given.ascii() + "." + surname.ascii();
        String mail = local + "@" + domain;
        for (int n = 2; !taken.add(mail); n++) {
            mail = local + n + "@" + domain;
        }
        return mail;
    }

    /** {@code anna.mueller@example.com} as {@code Anna.Mueller@Example.com}. */
    static String capitalized(String mail) {
        StringBuilder text = new StringBuilder();
        boolean start = true;
        for (char c : mail.toCharArray()) {
            text.append(start ? Character.toUpperCase(c) : c);
            start = c == '.' && text.indexOf("@") < 0 || c == '@';
        }
        return text.toString();
    }

    static String upper(String mail) {
        return mail.toUpperCase(Locale.ROOT);
    }
}
