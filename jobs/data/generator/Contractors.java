import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The agency's file: 60 rows, of which 58 are good. One row has an id that was used before, and one has a semicolon in a cell that
 * nobody quoted, so that it has a column too many.
 */
final class Contractors {

    static final int ROWS = 60;

    private static final int ENDED = 5;
    private static final int HIRED_WHILE_ENGAGED = 4;
    private static final int WITHOUT_MAIL = 3;
    private static final int DUPLICATED = 17;
    private static final int DUPLICATE_AFTER = 26;
    private static final int BROKEN_AFTER = 40;

    /** One good row. {@code mail} is the address the cell means, null when it is empty. */
    static final class Contractor {
        final String id;
        final Name given;
        final Name surname;
        final String role;
        final String agency;
        final Employee sponsor;
        final LocalDate start;
        LocalDate end;
        String mail;
        String mailCell;
        boolean ended;
        /** The employee this contractor has become. */
        Employee hiredAs;

        Contractor(String id, Name given, Name surname, String role, String agency, Employee sponsor, LocalDate start) {
            this.id = id;
            this.given = given;
            this.surname = surname;
            this.role = role;
            this.agency = agency;
            this.sponsor = sponsor;
            this.start = start;
        }

        boolean getsAccount() {
            return !ended && hiredAs == null;
        }

        String csv(String skills) {
            return Text.csvLine(
                    ';',
                    id,
                    given.text(),
                    surname.text(),
                    mailCell,
                    agency,
                    role,
                    sponsor.number,
                    sponsor.site.country(),
                    start.toString(),
                    end.toString(),
                    ended ? "ended" : "active",
                    skills);
        }
    }

    final List<Contractor> people = new ArrayList<>();

    private final List<String> lines = new ArrayList<>();

    static Contractors make(Dice dice, Mails mails, Employees employees) {
        Contractors contractors = new Contractors();
        contractors.engage(dice, mails, employees);
        contractors.write(dice);
        return contractors;
    }

    String csv() {
        return Text.csvLine(
                        ';',
                        "contractorId",
                        "firstName",
                        "lastName",
                        "email",
                        "agency",
                        "role",
                        "sponsor",
                        "country",
                        "start",
                        "end",
                        "status",
                        "skills")
                + lines.stream().collect(Collectors.joining());
    }

    List<Contractor> accounts() {
        return people.stream().filter(Contractor::getsAccount).toList();
    }

    long badRows() {
        return lines.size() - people.size();
    }

    private void engage(Dice dice, Mails mails, Employees employees) {
        List<String> agencies = List.of("Nordlicht Personal", "Brightwater & Sons", "Atelier Numérique; SARL");
        List<String> domains = List.of("nordlicht.example", "brightwater.example", "atelier.example");
        List<String> roles = List.of("Consultant", "Welder", "Data Engineer", "Translator", "Site Security", "Tester");
        for (int i = 0; i < ROWS - 2; i++) {
            Site site = dice.one(Site.ALL);
            int agency = dice.below(agencies.size());
            Contractor contractor = new Contractor(
                    String.format("C-%04d", 101 + i),
                    dice.one(site.given()),
                    dice.one(site.surnames()),
                    dice.one(roles),
                    agencies.get(agency),
                    dice.one(employees.ordinary()),
                    Employees.TODAY.minusDays(20 + dice.below(700)));
            contractor.end = Employees.TODAY.plusDays(30 + dice.below(400));
            contractor.mail = mails.give(contractor.given, contractor.surname, domains.get(agency));
            contractor.mailCell = dice.percent(20) ? Mails.capitalized(contractor.mail) : contractor.mail;
            people.add(contractor);
        }

        List<Contractor> special = people.stream().filter(c -> !c.id.equals(duplicatedId())).toList();
        List<Contractor> picked = dice.some(ENDED + HIRED_WHILE_ENGAGED + WITHOUT_MAIL, special);
        List<Employee> hired = dice.some(HIRED_WHILE_ENGAGED + 1, employees.ordinary());
        for (int i = 0; i < picked.size(); i++) {
            Contractor contractor = picked.get(i);
            if (i < ENDED) {
                contractor.ended = true;
                contractor.end = Employees.TODAY.minusDays(1 + dice.below(15));
            }
            if (i >= ENDED + HIRED_WHILE_ENGAGED) {
                contractor.mail = null;
                contractor.mailCell = "";
            } else if (i >= ENDED - 1) { // the last of the ended ones and all that are still engaged
                contractor.hiredAs = hired.get(i - ENDED + 1);
                contractor.mail = contractor.hiredAs.mail;
                contractor.mailCell = i % 2 == 0 ? Mails.upper(contractor.mail) : contractor.mail;
            }
        }
    }

    private void write(Dice dice) {
        List<String> skills = List.of("java", "welding", "french", "forklift", "sql", "first-aid");
        people.forEach(c -> lines.add(c.csv(String.join("|", dice.some(dice.below(4), skills)))));

        Contractor duplicated = people.get(DUPLICATED);
        LocalDate end = duplicated.end;
        duplicated.end = end.plusDays(90);
        lines.add(DUPLICATE_AFTER, duplicated.csv("java"));
        duplicated.end = end;
        lines.add(BROKEN_AFTER, "C-0199;Mirko;Brandt;mirko.brandt@nordlicht.example;Nordlicht Personal;Consultant; Data Platform;"
                + duplicated.sponsor.number + ";DE;2026-03-02;2027-02-26;active;sql\n");
    }

    private static String duplicatedId() {
        return String.format("C-%04d", 101 + DUPLICATED);
    }
}
