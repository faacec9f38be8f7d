import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the CRM holds before anything runs. Sales people have kept it by hand for years: most contacts are customers, some are
 * colleagues, a few colleagues are there twice, and hardly anything is spelled as HR spells it.
 */
final class Crm {

    private static final int OUTDATED = 32;
    private static final int RIGHT_ALREADY = 6;
    private static final int CONTRACTORS = 2;
    private static final int DOUBLED = 5;
    private static final int CUSTOMERS = 60;
    private static final int CUSTOMERS_WITHOUT_MAIL = 5;
    private static final int COMPANIES_OUTDATED = 6;
    private static final int COMPANIES_RIGHT_ALREADY = 2;
    private static final int COMPANIES_DISSOLVED = 2;

    /** Colleagues who are there once, and with something to correct; contractors are among them. */
    final int contactsOutdated = OUTDATED + CONTRACTORS;

    /** Colleagues who are there once, exactly as the mapping would write them. */
    final int contactsRightAlready = RIGHT_ALREADY;

    /** Colleagues who are there two or three times. */
    final int colleaguesDoubled = DOUBLED;

    /** Contacts that are one of several of the same colleague. */
    final int contactsDoubled = 2 * DOUBLED + 1;

    /** Contacts for an address that two colleagues share. */
    final int contactsShared;

    /** Contacts that are nobody of ours. */
    final int contactsForeign = CUSTOMERS;

    final int companiesOutdated = COMPANIES_OUTDATED;
    final int companiesRightAlready = COMPANIES_RIGHT_ALREADY;

    /** Companies that HR has as dissolved. */
    final int companiesDissolved = COMPANIES_DISSOLVED;

    /** Companies that are none of HR's organizations, some of them only by a letter. */
    int companiesForeign;

    private final List<String> contacts = new ArrayList<>();
    private final List<String> companies = new ArrayList<>();
    private final Dice dice;

    private Crm(Dice dice, Employees employees) {
        this.dice = dice;
        this.contactsShared = employees.sharing().size() / 2;
    }

    static Crm make(Dice dice, Employees employees, Contractors contractors, Organizations organizations) {
        Crm crm = new Crm(dice, employees);
        crm.collectContacts(employees, contractors);
        crm.collectCompanies(organizations);
        return crm;
    }

    /** How many contacts there are before anything runs. */
    int contacts() {
        return contacts.size();
    }

    String sql() {
        return """
                -- The CRM of the sample: its tables, and what they hold before anything runs.
                -- Made by jobs/data/generator; runs alike on H2, MySQL and MariaDB (the special comments are for the latter two:
                -- names need all of Unicode). Run once, when a table is missing: a run that was cut short is begun afresh.

                DROP TABLE IF EXISTS crm_contact;
                DROP TABLE IF EXISTS crm_company;

                CREATE TABLE crm_contact (
                  id                VARCHAR(64)  NOT NULL PRIMARY KEY,
                  email_address     VARCHAR(254),
                  first_name        VARCHAR(100),
                  last_name         VARCHAR(100) NOT NULL,
                  job_title         VARCHAR(100),
                  phone_number      VARCHAR(40),
                  is_active         BOOLEAN,
                  marketing_consent BOOLEAN      DEFAULT FALSE NOT NULL,
                  last_contact_on   DATE,
                  remarks           VARCHAR(400)
                ) /*! DEFAULT CHARACTER SET utf8mb4 */;

                CREATE INDEX crm_contact_email ON crm_contact (email_address);

                CREATE TABLE crm_company (
                  id                VARCHAR(64)  NOT NULL PRIMARY KEY,
                  company_name      VARCHAR(200) NOT NULL,
                  country_code      VARCHAR(2),
                  city              VARCHAR(100),
                  industry          VARCHAR(100),
                  hr_number         VARCHAR(20),
                  parent_hr_number  VARCHAR(20),
                  employee_count    INTEGER,
                  annual_revenue    DECIMAL(15, 2),
                  account_owner     VARCHAR(100)
                ) /*! DEFAULT CHARACTER SET utf8mb4 */;

                CREATE INDEX crm_company_name ON crm_company (company_name);

                INSERT INTO crm_contact
                  (id, email_address, first_name, last_name, job_title, phone_number, is_active, marketing_consent, last_contact_on, remarks)
                VALUES
                %s;

                INSERT INTO crm_company
                  (id, company_name, country_code, city, industry, hr_number, parent_hr_number, employee_count, annual_revenue, account_owner)
                VALUES
                %s;
                """.formatted(String.join(",\n", contacts), String.join(",\n", companies));
    }

    private void collectContacts(Employees employees, Contractors contractors) {
        List<Employee> candidates = employees.ordinary().stream()
                .filter(e -> contractors.people.stream().noneMatch(c -> c.hiredAs == e))
                .toList();
        List<Employee> colleagues = dice.some(OUTDATED + RIGHT_ALREADY + DOUBLED, candidates);
        colleagues.subList(0, OUTDATED).forEach(this::outdated);
        colleagues.subList(OUTDATED, OUTDATED + RIGHT_ALREADY).forEach(this::rightAlready);
        colleagues.subList(OUTDATED + RIGHT_ALREADY, colleagues.size()).forEach(this::doubled);

        dice.some(CONTRACTORS, contractors.accounts().stream().filter(c -> c.mail != null).toList())
                .forEach(c -> contact(Mails.upper(c.mail), c.given.text(), c.surname.text(), "Freelancer", null, null, null));
        employees.sharing().stream().map(e -> e.mail).distinct()
                .forEach(mail -> contact(mail, null, "Team mailbox", null, null, true, "Ask who is on duty."));

        Employee doubled = colleagues.getLast();
        contact(doubled.mail, doubled.given.text(), "(old)", null, null, false, "Merge me!");
        for (int i = 0; i < CUSTOMERS; i++) {
            customer(i);
        }
    }

    /** Right about the person, wrong about a detail: the spelling of the address, the job, or the number. */
    private void outdated(Employee e) {
        String given = e.given.text();
        String surname = e.surname.text();
        switch (dice.below(4)) {
            case 0 -> contact(Mails.capitalized(e.mail), given, surname, e.title, e.phone, true, null);
            case 1 -> contact(" " + Mails.upper(e.mail) + " ", given, surname, null, null, null, "Met at the fair; call back");
            case 2 -> contact(e.mail, given, surname, "Trainee", e.phone, true, null);
            default -> contact(e.mail, given.substring(0, 1) + ".", surname, e.title, "+00" + e.phone.substring(3), true, null);
        }
    }

    private void rightAlready(Employee e) {
        contact(e.mail, e.given.text(), e.surname.text(), e.title, e.phone, true, "Typed in by somebody careful.");
    }

    /** Two contacts, one of which only shows itself to those who ignore upper and lower case. */
    private void doubled(Employee e) {
        contact(e.mail, e.given.text(), e.surname.text(), e.title, e.phone, true, null);
        contact(Mails.upper(e.mail), e.given.text(), e.surname.text().toUpperCase(Locale.ROOT), null, null, true, "Import of 2019");
    }

    private void customer(int i) {
        Site site = dice.one(Site.ALL);
        Name given = dice.one(site.given());
        Name surname = dice.one(site.surnames());
        String mail = i < CUSTOMERS_WITHOUT_MAIL ? null : given.ascii() + "." + surname.ascii() + i + "@customer.example";
        contact(mail, given.text(), surname.text(), dice.one(List.of("Buyer", "Director", "Owner's deputy")), null, true, null);
    }

    private void contact(
            String mail, String given, String surname, String title, String phone, Boolean active, String remarks) {
        String lastContact = dice.percent(30) ? null : Employees.TODAY.minusDays(dice.below(2_000)).toString();
        contacts.add(row(
                String.format("CT-%04d", 1_001 + contacts.size()), mail, given, surname, title, phone, active, dice.percent(40),
                lastContact, remarks));
    }

    private void collectCompanies(Organizations organizations) {
        List<Organizations.Organization> known = dice.some(
                COMPANIES_OUTDATED + COMPANIES_RIGHT_ALREADY,
                organizations.active().stream().filter(o -> !o.parent().isEmpty()).toList());
        for (int i = 0; i < known.size(); i++) {
            var o = known.get(i);
            if (i < COMPANIES_OUTDATED) {
                company(o.name(), o.place().country(), null, "Unknown", null, null, null, null);
            } else {
                company(o.name(), o.place().country(), o.place().city(), o.industry(), o.id(), o.parent(), o.people(), o.revenue());
            }
        }
        dice.some(COMPANIES_DISSOLVED, organizations.dissolved())
                .forEach(o -> company(o.name(), o.place().country(), o.place().city(), o.industry(), null, null, 12, "1000.00"));

        int ours = companies.size();
        var unlisted = organizations.active().stream().filter(o -> !known.contains(o) && organizations.unique(o)).toList();
        var near = dice.some(3, unlisted);
        company(near.get(0).name().toLowerCase(Locale.ROOT), near.get(0).place().country(), null, null, null, null, null, null);
        company(near.get(1).name().toUpperCase(Locale.ROOT), near.get(1).place().country(), null, null, null, null, null, null);
        company(near.get(2).name(), "AQ", null, "Research", null, null, 2, null);
        company("Sondergard Optics", "DK", "Aarhus", "Optics", null, null, 70, "950000.5");
        company("Harbour & Vale", "GB", "Leeds", "Retail", null, null, 400, "61000000");
        company("Ottokar s.r.o.", "CZ", "Brno", "Energy", null, null, 55, "4200000.25");
        company("Ottokar s.r.o.", "SK", "Nitra", "Energy", null, null, 21, "1800000");
        companiesForeign = companies.size() - ours;
    }

    private void company(
            String name, String country, String city, String industry, String number, String parent, Integer people, String revenue) {
        companies.add(row(
                String.format("CO-%03d", 501 + companies.size()), name, country, city, industry, number,
                parent, people, revenue == null ? null : new BigDecimal(revenue), dice.one(List.of("Hürlimann", "Mercier", "Walker"))));
    }

    private static String row(Object... values) {
        return Arrays.stream(values).map(Text::sql).collect(Collectors.joining(", ", "  (", ")"));
    }
}
