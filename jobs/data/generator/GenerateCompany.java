import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the fictional company of the sample, Lumenfeld, and the tables that say what the sample's mappings do with it.
 *
 * <pre>
 *   java jobs/data/generator/GenerateCompany.java            writes the files below
 *   java jobs/data/generator/GenerateCompany.java --check    writes nothing; ends with 1 if a file is not what would be written
 * </pre>
 *
 * Run it from the folder that holds {@code jobs/}, with Java 25 and nothing else. The seed is fixed, so the same files come out
 * every time and on every machine; they are kept in the repository, and the generator is only needed to change them.
 *
 * <ul>
 *   <li>{@code jobs/data/employees.csv}: 1,000 rows of HR ({@link Employees})
 *   <li>{@code jobs/data/contractors.csv}: 60 rows of an agency, two of them bad ({@link Contractors})
 *   <li>{@code jobs/data/organizations.csv}: 40 legal entities ({@link Organizations})
 *   <li>{@code jobs/data/crm.sql}: the tables of the CRM and what they hold before anything runs ({@link Crm})
 *   <li>{@code src/test/resources/company/expected.json}: situation × action tables ({@link ExpectedTables})
 * </ul>
 *
 * The expected tables are counted from what was made here ("48 rows have left", "5 people have two contacts"), together with what
 * the comments of the mappings promise. Nothing here reads a mapping, and nothing here is Concord's.
 *
 * <p>Everyone is made up. Addresses end in example.com or .example, phone numbers in 555-01xx.
 */
final class GenerateCompany {

    static final long SEED = 20_260_930;

    private GenerateCompany() {}

    public static void main(String[] arguments) throws IOException {
        boolean check = arguments.length == 1 && arguments[0].equals("--check");
        if (arguments.length > 0 && !check) {
            System.err.println("Usage: java jobs/data/generator/GenerateCompany.java [--check]");
            System.exit(2);
        }
        if (!Files.isDirectory(Path.of("jobs"))) {
            System.err.println("There is no folder jobs here; run this from the folder that holds it.");
            System.exit(2);
        }
        boolean same = true;
        for (var file : files().entrySet()) {
            Path path = Path.of(file.getKey());
            if (!check) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
                System.out.println("wrote " + path);
            } else if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
                System.err.println(path + " is not what the generator makes.");
                same = false;
            }
        }
        System.exit(same ? 0 : 1);
    }

    private static Map<String, String> files() {
        Mails mails = new Mails();
        Employees employees = Employees.make(new Dice(SEED), mails);
        Contractors contractors = Contractors.make(new Dice(SEED + 1), mails, employees);
        Organizations organizations = Organizations.make(new Dice(SEED + 2));
        Crm crm = Crm.make(new Dice(SEED + 3), employees, contractors, organizations);
        ExpectedTables expected = new ExpectedTables(employees, contractors, organizations, crm);

        Map<String, String> files = new LinkedHashMap<>();
        files.put("jobs/data/employees.csv", employees.csv());
        files.put("jobs/data/contractors.csv", contractors.csv());
        files.put("jobs/data/organizations.csv", organizations.csv());
        files.put("jobs/data/crm.sql", crm.sql());
        files.put("src/test/resources/company/expected.json", expected.json());
        return files;
    }
}
