import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every mapping of the sample must report, counted from the company that was made.
 *
 * <p>All mappings run one after the other on a clean home (round 1) and once more (round 2), in the order of the methods here.
 * Situations that occur nowhere are left out. {@code failure} counts operations that failed; failed operations without a situation
 * are those of rows that could not be read. {@code updated} and {@code unchanged} split the operations with the action UPDATE.
 */
final class ExpectedTables {

    private final Employees employees;
    private final Contractors contractors;
    private final Organizations organizations;
    private final Crm crm;

    private final long hired;
    private final long onLeave;
    private final long preboarding;
    private final long left;
    private final long engaged;

    ExpectedTables(Employees employees, Contractors contractors, Organizations organizations, Crm crm) {
        this.employees = employees;
        this.contractors = contractors;
        this.organizations = organizations;
        this.crm = crm;
        this.hired = employees.accounts().size();
        this.onLeave = employees.count(Employee.Status.LEAVE);
        this.preboarding = employees.count(Employee.Status.PREBOARDING);
        this.left = employees.count(Employee.Status.LEFT);
        this.engaged = contractors.accounts().size();
    }

    String json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("madeBy", "jobs/data/generator, from what it made and not by running anything");
        root.put("company", company());
        root.put("rounds", List.of(round(1), round(2)));
        root.put("edits", edits());
        return Text.json(root);
    }

    private Map<String, Object> company() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("employeeRows", employees.rows.size());
        facts.put("active", employees.count(Employee.Status.ACTIVE));
        facts.put("onLeave", onLeave);
        facts.put("preboarding", preboarding);
        facts.put("left", left);
        facts.put("returners", employees.rows.stream().filter(e -> e.previous != null).count());
        facts.put("namesSharedByDifferentPeople", employees.namesakes());
        facts.put("employeeAccounts", hired);
        facts.put("employeeAccountsWithoutMail", employees.accounts().stream().filter(e -> e.mail == null).count());
        facts.put("employeeAccountsSharingAMailbox", employees.sharing().size());
        facts.put("mailsNotInLowerCase", employees.rows.stream()
                .filter(e -> e.mail != null && !e.mailCell.strip().equals(e.mail))
                .count());
        facts.put("mailsWithBlanksAround", employees.rows.stream()
                .filter(e -> e.mail != null && !e.mailCell.strip().equals(e.mailCell))
                .count());
        facts.put("contractorRows", contractors.people.size() + contractors.badRows());
        facts.put("contractorRowsBad", contractors.badRows());
        facts.put("contractorAccounts", engaged);
        facts.put("organizationRows", organizations.rows.size());
        facts.put("organizationsDissolved", organizations.dissolved().size());
        facts.put("crmContactsAtFirst", crm.contacts());
        return facts;
    }

    private Map<String, Object> round(int round) {
        boolean first = round == 1;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("round", round);
        result.put("runs", List.of(
                hrToUsers(first),
                contractorsToUsers(first),
                usersToCrm(first),
                hrToHelpdesk(first),
                alphaToBravo(first),
                orgsToCrm(first),
                hrEntitlements(first),
                crmToUsersAllAsync()));
        return result;
    }

    private Map<String, Object> hrToUsers(boolean first) {
        Table table = new Table("hr-to-users");
        if (first) {
            table.op("ABSENT", "CREATE", hired, "at work or on leave, no account yet").creates(hired);
        } else {
            table.op("CONFIRMED", "UPDATE", hired, "linked, nothing changed").unchanged(hired);
        }
        table.op("ABSENT", "IGNORE", preboarding, "first day still to come");
        table.op("SOURCE_IGNORED", "IGNORE", left, "left, and no account to show for it");
        if (!first) {
            table.op("TARGET_IGNORED", "IGNORE", engaged, "accounts of contractors are not HR's to judge");
        }
        return table.json();
    }

    private Map<String, Object> contractorsToUsers(boolean first) {
        long known = contractors.people.stream().filter(c -> c.hiredAs != null && !c.ended).count();
        long endedAndHired = contractors.people.stream().filter(c -> c.hiredAs != null && c.ended).count();
        long ended = contractors.people.stream().filter(c -> c.hiredAs == null && c.ended).count();
        Table table = new Table("contractors-to-users");
        if (first) {
            table.op("ABSENT", "CREATE", engaged, "engaged, no account yet").creates(engaged);
        } else {
            table.op("CONFIRMED", "UPDATE", engaged, "linked, nothing changed").unchanged(engaged);
        }
        table.op("FOUND", "REPORT", known, "has become an employee: the mail address is that of an employee's account");
        table.op("UNQUALIFIED", "IGNORE", endedAndHired, "contract ended, but the account found by mail is an employee's");
        table.op("SOURCE_IGNORED", "IGNORE", ended, "contract ended, no account");
        table.op("UNASSIGNED", "NOREPORT", hired - known - endedAndHired, "accounts of employees");
        return table.unreadable(contractors.badRows(), "one id twice, one row with a column too many").json();
    }

    private Map<String, Object> usersToCrm(boolean first) {
        long withoutMail = employees.accounts().stream().filter(e -> e.mail == null).count()
                + contractors.accounts().stream().filter(c -> c.mail == null).count();
        long corrected = crm.contactsOutdated + crm.contactsShared;
        long found = corrected + crm.contactsRightAlready;
        long absent = crmCreates();
        Table table = new Table("users-to-crm");
        if (first) {
            table.op("FOUND", "UPDATE", found, "one contact has the user's mail address")
                    .links(found)
                    .updates(corrected)
                    .unchanged(crm.contactsRightAlready);
            table.op("ABSENT", "CREATE", absent, "no contact has the user's mail address").creates(absent);
        } else {
            table.op("CONFIRMED", "UPDATE", found + absent, "linked, nothing changed").unchanged(found + absent);
        }
        table.rule("FOUND_ALREADY_LINKED", crm.contactsShared, "shares a mailbox with a colleague who has the contact");
        table.rule("AMBIGUOUS", crm.colleaguesDoubled, "two or three contacts have the user's mail address");
        table.op("SOURCE_IGNORED", "IGNORE", withoutMail, "users without a mail address");
        return table.op("UNASSIGNED", "IGNORE", crm.contactsForeign, "customers").json();
    }

    /** Users with a mail address that nobody in the CRM has. */
    private long crmCreates() {
        long withMail = employees.accounts().stream().filter(e -> e.mail != null).count()
                + contractors.accounts().stream().filter(c -> c.mail != null).count();
        return withMail
                - crm.contactsOutdated
                - crm.contactsRightAlready
                - 2L * crm.contactsShared
                - crm.colleaguesDoubled;
    }

    private Map<String, Object> hrToHelpdesk(boolean first) {
        long atWork = employees.count(Employee.Status.ACTIVE);
        Table table = new Table("hr-to-helpdesk");
        if (first) {
            table.op("ABSENT", "CREATE", atWork, "at work, no helpdesk account yet").creates(atWork);
        } else {
            table.op("CONFIRMED", "UPDATE", atWork, "linked, nothing changed").unchanged(atWork);
        }
        return table.op("SOURCE_IGNORED", "IGNORE", employees.rows.size() - atWork, "on leave, not here yet, or left").json();
    }

    private Map<String, Object> alphaToBravo(boolean first) {
        long customerFacing = employees.accounts().stream()
                .filter(e -> e.department.name().equals("Sales") || e.department.name().equals("Customer Support"))
                .count();
        Table table = new Table("alpha-to-bravo");
        if (first) {
            table.op("ABSENT", "CREATE", customerFacing, "Sales and Customer Support, not in the realm yet").creates(customerFacing);
        } else {
            table.op("CONFIRMED", "UPDATE", customerFacing, "linked, nothing changed").unchanged(customerFacing);
        }
        return table.op("SOURCE_IGNORED", "IGNORE", hired - customerFacing, "employees of other departments").json();
    }

    private Map<String, Object> orgsToCrm(boolean first) {
        long found = crm.companiesOutdated + crm.companiesRightAlready;
        long active = organizations.active().size();
        long dissolved = organizations.dissolved().size();
        Table table = new Table("orgs-to-crm");
        if (first) {
            table.op("FOUND", "UPDATE", found, "one company has the organization's name and country")
                    .links(found)
                    .updates(crm.companiesOutdated)
                    .unchanged(crm.companiesRightAlready);
            table.op("ABSENT", "CREATE", active - found, "no company has its name and country").creates(active - found);
            table.op("UNQUALIFIED", "DELETE", crm.companiesDissolved, "dissolved, but the CRM has it").deletes(crm.companiesDissolved);
            table.op("SOURCE_IGNORED", "IGNORE", dissolved - crm.companiesDissolved, "dissolved, and not in the CRM");
        } else {
            table.op("CONFIRMED", "UPDATE", active, "linked, nothing changed").unchanged(active);
            table.op("SOURCE_IGNORED", "IGNORE", dissolved, "dissolved, and not in the CRM any more");
        }
        return table.op("UNASSIGNED", "REPORT", crm.companiesForeign, "companies that HR does not know").json();
    }

    private Map<String, Object> hrEntitlements(boolean first) {
        Table table = new Table("hr-entitlements").op("CONFIRMED", "UPDATE", hired, "linked by hr-to-users");
        if (first) {
            table.updates(hired - onLeave).unchanged(onLeave); // those on leave are entitled to nothing, and had nothing
        } else {
            table.unchanged(hired);
        }
        table.op("ABSENT", "IGNORE", preboarding, "first day still to come");
        return table.op("SOURCE_IGNORED", "IGNORE", left, "left").json();
    }

    private Map<String, Object> crmToUsersAllAsync() {
        long withoutMail = employees.accounts().stream().filter(e -> e.mail == null).count()
                + contractors.accounts().stream().filter(c -> c.mail == null).count();
        long oneUser = crm.contactsOutdated + crm.contactsRightAlready + crm.contactsDoubled + crmCreates();
        return new Table("crm-to-users-all-async")
                .op("FOUND", "ASYNC", oneUser, "one user has the contact's mail address")
                .op("AMBIGUOUS", "ASYNC", crm.contactsShared, "two users share the contact's mail address")
                .op("ABSENT", "ASYNC", crm.contactsForeign, "no user has the contact's mail address")
                .op("UNASSIGNED", "ASYNC", withoutMail, "users without a mail address")
                .json();
    }

    /** One row edited, one added, one removed: what the next hr-to-users does about it. */
    private Map<String, Object> edits() {
        List<Employee> plain = employees.ordinary().stream().filter(e -> e.mailCell.equals(e.mail)).toList();
        Employee edited = plain.get(plain.size() / 3);
        Employee removed = plain.get(plain.size() / 2);
        Employee copied = plain.getLast();
        String before = line(edited);
        String titleBefore = edited.title;
        edited.title = "Ombudsperson";
        String after = line(edited);
        edited.title = titleBefore;
        Employee added = new Employee(Name.of("Ottilie"), Name.of("Muster"), copied.site, copied.department, copied.title);
        added.number = "E99001";
        added.manager = copied.manager;
        added.setMail("ottilie.muster@example.com");
        added.phone = copied.phone;
        added.phoneCell = copied.phoneCell;
        added.weeklyHours = "40";
        added.groups = "all-staff";
        added.salary = 60_000;
        added.start = Employees.TODAY;
        added.born = Employees.TODAY.minusYears(30);

        Map<String, Object> edits = new LinkedHashMap<>();
        edits.put("file", "jobs/data/employees.csv");
        edits.put("edit", orderedMap(
                "id", edited.number, "before", before, "after", after,
                "difference", orderedMap("attribute", "title", "before", titleBefore, "after", "Ombudsperson")));
        edits.put("add", orderedMap("id", added.number, "line", line(added)));
        edits.put("remove", orderedMap("id", removed.number, "line", line(removed)));
        edits.put("nextRun", afterEdits(false));
        edits.put("nextRunWhenAllMappingsHaveRun", afterEdits(true));
        return edits;
    }

    private Map<String, Object> afterEdits(boolean contractorsThere) {
        Table table = new Table("hr-to-users");
        table.op("CONFIRMED", "UPDATE", hired - 1, "linked; one of them edited").updates(1).unchanged(hired - 2);
        table.op("ABSENT", "CREATE", 1, "the row that was added").creates(1);
        table.op("ABSENT", "IGNORE", preboarding, "first day still to come");
        table.op("SOURCE_IGNORED", "IGNORE", left, "left, and no account to show for it");
        table.op("SOURCE_MISSING", "DELETE", 1, "the row that was removed").deletes(1).unlinks(1);
        if (contractorsThere) {
            table.op("TARGET_IGNORED", "IGNORE", engaged, "accounts of contractors are not HR's to judge");
        }
        return table.json();
    }

    private static String line(Employee employee) {
        return employee.csv().stripTrailing();
    }

    private static Map<String, Object> orderedMap(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** The report of one run. */
    private static final class Table {
        private final String mapping;
        private final List<Map<String, Object>> operations = new ArrayList<>();
        private final Map<String, Long> counts = new LinkedHashMap<>();
        private long total;
        private long byRule;
        private long unreadable;
        private String whyUnreadable = "";

        Table(String mapping) {
            this.mapping = mapping;
            for (String count : List.of("created", "updated", "unchanged", "deleted", "linksCreated", "linksRemoved")) {
                counts.put(count, 0L);
            }
        }

        Table op(String situation, String action, long count, String why) {
            return add(situation, action, count, 0, why);
        }

        /** Operations with the action EXCEPTION: they fail because a rule says so. */
        Table rule(String situation, long count, String why) {
            byRule += count;
            return add(situation, "EXCEPTION", 0, count, why);
        }

        Table unreadable(long count, String why) {
            unreadable += count;
            total += count;
            whyUnreadable = why;
            return this;
        }

        Table creates(long count) {
            return count("created", count).links(count);
        }

        Table updates(long count) {
            return count("updated", count);
        }

        Table unchanged(long count) {
            return count("unchanged", count);
        }

        Table deletes(long count) {
            return count("deleted", count);
        }

        Table links(long count) {
            return count("linksCreated", count);
        }

        Table unlinks(long count) {
            return count("linksRemoved", count);
        }

        Map<String, Object> json() {
            long failed = byRule + unreadable;
            Map<String, Object> run = new LinkedHashMap<>();
            run.put("mapping", mapping);
            run.put("exitCode", failed == 0 ? 0 : 3);
            run.put("ops", operations);
            run.put("failedWithoutSituation", unreadable == 0
                    ? orderedMap("count", 0)
                    : orderedMap("count", unreadable, "why", whyUnreadable));
            run.put("statusSummary", orderedMap("SUCCESS", total - failed, "FAILURE", failed));
            run.put("failures", orderedMap("RULE", byRule, "DATA", unreadable));
            run.put("changes", counts);
            return run;
        }

        private Table add(String situation, String action, long success, long failure, String why) {
            if (success + failure == 0) {
                throw new IllegalStateException(mapping + " was to show " + situation + ", but nothing in the company does");
            }
            operations.add(orderedMap("situation", situation, "action", action, "success", success, "failure", failure, "why", why));
            total += success + failure;
            return this;
        }

        private Table count(String name, long count) {
            counts.merge(name, count, Long::sum);
            return this;
        }
    }
}
