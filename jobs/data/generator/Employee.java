import java.time.LocalDate;

/** One row of the HR file. {@code mailCell} is what the file says, {@code mail} the address it means: null when there is none. */
final class Employee {

    enum Status {
        /** Works here. */
        ACTIVE,
        /** Away for months: parents, patients, travellers. */
        LEAVE,
        /** Contract signed, first day still to come. */
        PREBOARDING,
        /** Gone. Rows of people who left stay in the file. */
        LEFT;

        String cell() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    String number = "";
    Name given;
    Name surname;
    String preferredName = "";
    Site site;
    Department department;
    String title;
    Employee manager;
    Employee previous;
    Status status = Status.ACTIVE;
    LocalDate start;
    LocalDate end;
    String mail;
    String mailCell = "";
    boolean mailShared;
    boolean countryKnown = true;
    boolean managesOthers;
    String phone;
    String phoneCell = "";
    String weeklyHours;
    String groups = "";
    int salary;
    LocalDate born;

    Employee(Name given, Name surname, Site site, Department department, String title) {
        this.given = given;
        this.surname = surname;
        this.site = site;
        this.department = department;
        this.title = title;
    }

    /** Whether HR's row gives its person an account: yes while at work or away, not before the first day, not after the last. */
    boolean hasAccount() {
        return status == Status.ACTIVE || status == Status.LEAVE;
    }

    void setMail(String address) {
        mail = address;
        mailCell = address;
    }

    void forgetMail(String cell) {
        mail = null;
        mailCell = cell;
    }

    String fullName() {
        return given.text() + " " + surname.text();
    }

    String csv() {
        return Text.csvLine(
                ',',
                number,
                given.text(),
                surname.text(),
                preferredName,
                mailCell,
                department.name(),
                title,
                manager == null ? "" : manager.number,
                status.cell(),
                start.toString(),
                end == null ? "" : end.toString(),
                countryKnown ? site.country() : "",
                site.city(),
                site.office(),
                phoneCell,
                weeklyHours,
                groups,
                String.valueOf(salary),
                born.toString(),
                previous == null ? "" : previous.number);
    }

    static String csvHeader() {
        return Text.csvLine(
                ',',
                "employeeNumber",
                "givenName",
                "sn",
                "preferredName",
                "mail",
                "department",
                "title",
                "manager",
                "employmentStatus",
                "startDate",
                "endDate",
                "country",
                "city",
                "office",
                "phone",
                "weeklyHours",
                "groups",
                "salary",
                "dateOfBirth",
                "previousNumber");
    }
}
