import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The HR file: 1,000 rows for 991 people.
 *
 * <p>Nine people left and were hired again: HR gives them a new number, and the new row names the old one in
 * {@code previousNumber}. One of them has left a second time. The rows stand in the order of the numbers, which is the order people
 * were hired in; the last twelve have not started yet.
 */
final class Employees {

    static final LocalDate TODAY = LocalDate.of(2026, 9, 30);

    private static final int PEOPLE = 991;
    private static final int RETURNERS = 9;
    private static final int LEAVERS = 38;
    private static final int ON_LEAVE = 24;
    private static final int PREBOARDING = 12;
    private static final int NAMESAKES = 6;
    private static final int SHARED_MAILBOXES = 3;
    private static final int LEADS = 4;
    private static final LocalDate FOUNDED = LocalDate.of(2006, 1, 9);

    final List<Employee> rows = new ArrayList<>();

    private final Dice dice;
    private final Mails mails;

    private Employees(Dice dice, Mails mails) {
        this.dice = dice;
        this.mails = mails;
    }

    static Employees make(Dice dice, Mails mails) {
        Employees employees = new Employees(dice, mails);
        employees.hire();
        employees.name();
        employees.appointManagers();
        employees.fillIn();
        employees.changeStatus();
        employees.rehire();
        employees.numberAndDate();
        employees.dirtyMails();
        return employees;
    }

    String csv() {
        return Employee.csvHeader() + rows.stream().map(Employee::csv).collect(Collectors.joining());
    }

    /** The rows whose people get an account, in the order of the file. */
    List<Employee> accounts() {
        return rows.stream().filter(Employee::hasAccount).toList();
    }

    /** Accounts of people at work about whom nothing is odd: an own mail address, a phone, letters everybody can read. */
    List<Employee> ordinary() {
        return rows.stream()
                .filter(e -> e.status == Employee.Status.ACTIVE && e.mail != null && !e.mailShared && e.phone != null)
                .filter(e -> e.countryKnown && !e.managesOthers && e.previous == null && !e.csv().contains("\""))
                .toList();
    }

    List<Employee> sharing() {
        return rows.stream().filter(e -> e.mailShared).toList();
    }

    long count(Employee.Status status) {
        return rows.stream().filter(e -> e.status == status).count();
    }

    /** How many pairs, triples, … of different people have the same first name and surname. */
    long namesakes() {
        return rows.stream()
                .filter(e -> e.previous == null)
                .collect(Collectors.groupingBy(Employee::fullName, Collectors.counting()))
                .values()
                .stream()
                .filter(n -> n > 1)
                .count();
    }

    /** Nobody has the name of another yet: the names are thrown again until they are new. */
    private void hire() {
        Set<String> names = new HashSet<>();
        while (rows.size() < PEOPLE) {
            Site site = weighted(Site.ALL, Site::weight);
            Department department = weighted(Department.ALL, Department::weight);
            Employee employee = new Employee(
                    dice.one(site.given()), dice.one(site.surnames()), site, department, dice.one(department.titles()));
            if (names.add(employee.fullName())) {
                rows.add(employee);
            }
        }
    }

    /** Six pairs of namesakes, half of them in one department, and seven names that software stumbles over. */
    private void name() {
        for (int i = 0; i < NAMESAKES; i++) {
            Employee one = rows.get(100 + 70 * i);
            Employee other = rows.get(137 + 70 * i);
            other.given = one.given;
            other.surname = one.surname;
            other.site = one.site;
            if (i % 2 == 0) {
                other.department = one.department;
                other.title = one.title;
            }
        }
        List<Name> given = List.of(
                new Name("Jose\u0301", "jose"), // the accent as a character of its own, as some keyboards send it
                new Name("", ""),
                new Name("Jennifer", "jennifer"),
                new Name("Robert", "robert"),
                new Name("Siobhán", "siobhan"),
                new Name("𞤀𞤥𞤢𞤣𞤵", "amadu"),
                new Name("Maria das Dores", "maria"));
        List<Name> surnames = List.of(
                new Name("Nu\u0301n\u0303ez", "nunez"),
                new Name("Suparman", "suparman"),
                new Name("Null", "null"),
                new Name("Smith, Jr.", "smith"),
                new Name("O'Brien-D’Arcy", "obriendarcy"),
                new Name("𞤄𞤢𞤸", "bah"),
                new Name("de Orléans Vasconcelos de Albuquerque Cavalcanti e Mendonça Furtado", "deorleans"));
        for (int i = 0; i < given.size(); i++) {
            Employee employee = rows.get(75 + 90 * i);
            employee.given = given.get(i);
            employee.surname = surnames.get(i);
        }
    }

    private void appointManagers() {
        Employee chief = rows.getFirst();
        chief.title = "Chief Executive Officer";
        chief.managesOthers = true;
        Map<Department, List<Employee>> leads = new HashMap<>();
        int next = 1;
        for (Department department : Department.ALL) {
            Employee head = rows.get(next++);
            head.department = department;
            head.title = "Head of " + department.name();
            head.manager = chief;
            head.managesOthers = true;
            leads.put(department, new ArrayList<>());
            for (int i = 0; i < LEADS; i++) {
                Employee lead = rows.get(next++);
                lead.department = department;
                lead.title = "Team Lead";
                lead.manager = head;
                lead.managesOthers = true;
                leads.get(department).add(lead);
            }
        }
        rows.stream().filter(e -> !e.managesOthers).forEach(e -> e.manager = dice.one(leads.get(e.department)));
    }

    private void fillIn() {
        List<String> nicknames = List.of("Max", "Jo", "Sam", "Kim", "Alex", "Nico", "Toni", "Sascha", "Mika 🌻", "\"Speedy\"");
        for (Employee e : rows) {
            e.setMail(mails.give(e.given, e.surname, "example.com"));
            if (dice.percent(7)) {
                e.preferredName = dice.one(nicknames);
            }
            if (!dice.percent(10)) {
                String last = String.format("%02d", dice.below(100));
                e.phone = e.site.dialling() + "55501" + last;
                e.phoneCell = dice.one(List.of(
                        e.phone,
                        e.site.dialling() + " 555 01 " + last,
                        e.site.dialling() + "-555-01" + last,
                        e.site.dialling() + " (555) 01." + last));
            }
            e.weeklyHours = e.managesOthers || dice.percent(70) ? "40" : dice.one(List.of("42", "38.5", "32", "20", "19.25"));
            e.salary = 38_000 + 500 * dice.below(120) + (e.managesOthers ? 40_000 : 0);
            e.groups = groups(e);
            e.countryKnown = !dice.percent(1);
        }
    }

    private String groups(Employee e) {
        if (dice.percent(5)) {
            return "";
        }
        List<String> groups = new ArrayList<>(List.of("all-staff", "dept-" + e.department.group(), "site-" + e.site.country()));
        groups.addAll(dice.some(dice.below(3), List.of("vpn-remote", "fire-wardens", "first-aid", "works-council", "car-pool")));
        return String.join(";", dice.some(groups.size(), groups));
    }

    private void changeStatus() {
        for (Employee e : rows.subList(PEOPLE - PREBOARDING, PEOPLE)) {
            e.status = Employee.Status.PREBOARDING;
        }
        List<Employee> others = rows.subList(0, PEOPLE - PREBOARDING).stream().filter(e -> !e.managesOthers).toList();
        List<Employee> picked = dice.some(LEAVERS + ON_LEAVE, others);
        picked.subList(0, LEAVERS).forEach(e -> e.status = Employee.Status.LEFT);
        picked.subList(LEAVERS, picked.size()).forEach(e -> e.status = Employee.Status.LEAVE);
    }

    /** Those who come back are hired among the last 140; the address they had is given back to them. */
    private void rehire() {
        List<Employee> early = rows.subList(60, 600).stream().filter(e -> e.status == Employee.Status.ACTIVE).toList();
        int position = 850;
        for (Employee old : dice.some(RETURNERS, early)) {
            old.status = Employee.Status.LEFT;
            Employee again = new Employee(old.given, old.surname, old.site, old.department, dice.one(old.department.titles()));
            again.previous = old;
            again.manager = old.manager;
            again.preferredName = old.preferredName;
            again.setMail(old.mail);
            again.phone = old.phone;
            again.phoneCell = old.phoneCell;
            again.weeklyHours = old.weeklyHours;
            again.salary = old.salary + 6_000;
            again.groups = old.groups;
            again.born = old.born;
            rows.add(position, again);
            position += 14;
        }
        rows.get(850).status = Employee.Status.LEFT;
    }

    private void numberAndDate() {
        int number = 10_000;
        long days = TODAY.toEpochDay() - FOUNDED.toEpochDay() - 60;
        for (int i = 0; i < rows.size(); i++) {
            Employee e = rows.get(i);
            number += 1 + dice.below(4);
            e.number = "E" + number;
            e.start = e.status == Employee.Status.PREBOARDING
                    ? TODAY.plusDays(1 + dice.below(90))
                    : FOUNDED.plusDays(days * i / rows.size() + dice.below(30));
            e.born = e.previous != null ? e.previous.born : e.start.minusDays(7_300 + dice.below(9_000));
            if (e.status == Employee.Status.LEFT) {
                long employed = TODAY.toEpochDay() - e.start.toEpochDay();
                // At the most some three years, so that those who come back (a quarter of the company's life later) had left before.
                e.end = e.start.plusDays(10 + dice.below((int) Math.min(employed - 10, 1_200)));
            } else if (dice.percent(2)) {
                e.end = TODAY.plusDays(60 + dice.below(300));
            }
        }
    }

    /** What people do to addresses: leave them out, type blanks, shout, share them. */
    private void dirtyMails() {
        List<Employee> accounts = accounts().stream().filter(e -> !e.managesOthers && e.previous == null).toList();
        List<Employee> picked = new ArrayList<>(dice.some(17 + 2 * SHARED_MAILBOXES, accounts));
        for (int i = 0; i < SHARED_MAILBOXES; i++) {
            String mail = List.of("frontdesk.zurich", "night.shift", "lab.bench").get(i) + "@example.com";
            for (Employee e : List.of(picked.removeLast(), picked.removeLast())) {
                e.setMail(mail);
                e.mailShared = true;
            }
        }
        picked.subList(0, 14).forEach(e -> e.forgetMail(""));
        picked.subList(14, 17).forEach(e -> e.forgetMail("   "));
        rows.stream().filter(e -> e.status == Employee.Status.PREBOARDING).limit(9).forEach(e -> e.forgetMail(""));

        List<Employee> spelled = dice.some(95, rows.stream().filter(e -> e.mail != null).toList());
        spelled.subList(0, 60).forEach(e -> e.mailCell = Mails.capitalized(e.mail));
        spelled.subList(60, 85).forEach(e -> e.mailCell = Mails.upper(e.mail));
        spelled.subList(85, 90).forEach(e -> e.mailCell = " " + e.mail);
        spelled.subList(90, 95).forEach(e -> e.mailCell = Mails.capitalized(e.mail) + "  ");
        Employee sharer = sharing().getFirst();
        sharer.mailCell = Mails.capitalized(sharer.mail);
    }

    private <T> T weighted(List<T> of, Function<T, Integer> weight) {
        int thrown = dice.below(of.stream().mapToInt(weight::apply).sum());
        for (T candidate : of) {
            thrown -= weight.apply(candidate);
            if (thrown < 0) {
                return candidate;
            }
        }
        throw new IllegalStateException();
    }
}
