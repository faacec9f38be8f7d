package dev.concord.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.record.CompareKey;
import dev.concord.run.Reconciliations;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Write;
import dev.concord.testing.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * People and accounts that have drifted apart, so that each phase of a run has many pages to work on: accounts to
 * change, to make, to find, to delete, links to remove, scripts that fail, names that are taken, and pairs of people
 * with an equal claim to one account.
 *
 * @param records how many people the source has: a multiple of 40
 * @param pageSize of all phases
 * @param threads of a run
 */
record SkewedWorld(int records, int pageSize, int threads) {

    static final String MAPPING = "people";
    static final String TARGET = "managed/account";

    private static final int KINDS = 20;
    private static final int AT_ONCE = 1_000;

    SkewedWorld {
        if (records % (2 * KINDS) != 0) {
            throw new IllegalArgumentException(records + " records are no multiple of " + 2 * KINDS + ".");
        }
    }

    /** What a person is to the accounts, by number modulo {@link #KINDS}. */
    private enum Kind {
        SAME,
        CHANGED,
        NEW,
        FOUND,
        AMBIGUOUS,
        FAILING,
        UNQUALIFIED,
        MISSING,
        IGNORED;

        static Kind of(int person) {
            return switch (person % KINDS) {
                case 10, 11 -> CHANGED;
                case 12 -> NEW;
                case 13 -> FOUND;
                case 14 -> AMBIGUOUS;
                case 15 -> FAILING;
                case 16 -> UNQUALIFIED;
                case 17 -> MISSING;
                case 18 -> IGNORED;
                default -> SAME;
            };
        }
    }

    /** Writes the definitions and the source. */
    void write(Path home) {
        write(home.resolve("jobs/systems/staff.yaml"), """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write(home.resolve("jobs/managed/account.yaml"), """
                name: account
                attributes:
                  userName: {type: string, unique: true}
                  mail: {type: string, indexed: true}
                  name: {type: string}
                  title: {type: string}
                """);
        write(home.resolve("jobs/people.yaml"), """
                name: people
                source: system/staff/person
                target: managed/account
                feedSize: %d
                taskThreads: %d
                sourceCondition: /source/status eq "active"
                correlation: {any: [mail]}
                properties:
                  - {target: userName, source: userName}
                  - {target: mail, source: mail}
                  - {target: name, source: name}
                  - {target: title, source: title}
                  - target: title
                    source: title
                    condition: /object/title eq "boom"
                    transform: throw new Error('boom')
                policies:
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: FOUND, action: UPDATE}
                  - {situation: FOUND_ALREADY_LINKED, action: EXCEPTION}
                  - {situation: ABSENT, action: CREATE}
                  - {situation: MISSING, action: CREATE}
                  - {situation: AMBIGUOUS, action: EXCEPTION}
                  - {situation: UNQUALIFIED, action: DELETE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                  - {situation: UNASSIGNED, action: REPORT}
                  - {situation: LINK_ONLY, action: UNLINK}
                """.formatted(pageSize, threads));
        StringBuilder rows = new StringBuilder("number,userName,mail,name,title,status\n");
        for (int i = 0; i < records; i++) {
            Kind kind = Kind.of(i);
            int person = person(i);
            rows.append(id(i))
                    .append(',')
                    .append(userName(i))
                    .append(",m")
                    .append(person)
                    .append("@example.com,Person ")
                    .append(person)
                    .append(kind == Kind.CHANGED ? " changed" : "")
                    .append(',')
                    .append(kind == Kind.FAILING ? "boom" : "Clerk")
                    .append(kind == Kind.UNQUALIFIED || kind == Kind.IGNORED ? ",left" : ",active")
                    .append('\n');
        }
        write(home.resolve("jobs/data/people.csv"), rows.toString());
    }

    /** Puts accounts and links into a database that has the tables. */
    void fill(House house) {
        List<Write> accounts = new ArrayList<>();
        List<Object[]> links = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            switch (Kind.of(i)) {
                case SAME, CHANGED, FAILING, UNQUALIFIED -> {
                    accounts.add(account("t" + id(i), "u" + i, "m" + i, "Person " + i));
                    links.add(link(id(i), "t" + id(i)));
                }
                case FOUND -> {
                    if (person(i) == i) {
                        accounts.add(account("t" + id(i), "u" + i, "m" + i, "Somebody"));
                    }
                }
                case AMBIGUOUS -> {
                    accounts.add(account("t" + id(i), "u" + i, "m" + i, "One"));
                    accounts.add(account("s" + id(i), "v" + i, "m" + i, "Other"));
                }
                case MISSING -> links.add(link(id(i), "t" + id(i)));
                case NEW, IGNORED -> {}
            }
        }
        for (int i = 0; i < gone(); i++) {
            accounts.add(account("g" + i, "gone" + i, "g" + i, "Gone " + i));
            links.add(link("G" + i, "g" + i));
        }
        for (int i = 0; i < unassigned(); i++) {
            accounts.add(account("n" + i, "nobody" + i, "n" + i, "Nobody " + i));
        }
        for (int i = 0; i < records / 10; i++) {
            links.add(link("D" + i, "d" + i));
        }
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            ObjectSet target = sets.open(TARGET).asTarget();
            for (int from = 0; from < accounts.size(); from += AT_ONCE) {
                target.write(accounts.subList(from, Math.min(accounts.size(), from + AT_ONCE)));
            }
        }
        for (int from = 0; from < links.size(); from += AT_ONCE) {
            house.get(JdbcTemplate.class)
                    .batchUpdate(
                            "insert into link (first_key, link_type, qualifier, second_key, first_id, second_id, revision)"
                                    + " values (?, 'people', 'default', ?, ?, ?, 0)",
                            links.subList(from, Math.min(links.size(), from + AT_ONCE)));
        }
    }

    /** The people of whom either may get the account that both claim. */
    Collection<Set<String>> claimants() {
        List<Set<String>> pairs = new ArrayList<>();
        for (int i = records / 2; i < records; i++) {
            if (person(i) != i) {
                pairs.add(Set.of(id(i), id(person(i))));
            }
        }
        return pairs;
    }

    private int gone() {
        return records * 12 / 100;
    }

    private int unassigned() {
        return records * 8 / 100;
    }

    /** Now and then a record of the second half is about the same person as one of the first. */
    private int person(int i) {
        boolean again = i >= records / 2 && Kind.of(i) == Kind.FOUND && i / KINDS % 10 == 0;
        return again ? i - records / 2 : i;
    }

    /** Some of the new ones want a name that is taken, some by an account that goes away in the same run. */
    private String userName(int i) {
        int block = i / 1_000;
        if (Kind.of(i) == Kind.NEW && i % 1_000 < KINDS) {
            return block % 2 == 0 ? "gone" + block : "nobody" + block;
        }
        return "u" + person(i);
    }

    private static String id(int i) {
        return "P%06d".formatted(i);
    }

    private static Write account(String id, String userName, String mail, String name) {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("userName", userName);
        account.put("mail", mail + "@example.com");
        account.put("name", name);
        account.put("title", "Clerk");
        return new Write.Create(id, new LinkedHashMap<>(account));
    }

    private static Object[] link(String source, String target) {
        return new Object[] {
            CompareKey.of(source, true).bytes(), CompareKey.of(target, true).bytes(), source, target
        };
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
