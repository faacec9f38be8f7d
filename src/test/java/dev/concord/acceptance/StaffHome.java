package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A home whose mapping {@code people} makes accounts of a staff file: in the managed store, or in the table
 * {@code contact} of a database elsewhere. {@code partitionsOf(100)} makes as many partitions as there are threads.
 */
record StaffHome(Path folder) {

    static final int PEOPLE = 400;
    static final String MAPPING = "people";
    static final String MANAGED = "managed/account";
    static final String ELSEWHERE = "system/crm/contact";

    static final String TABLE =
            "create table contact (contact_id varchar(64) primary key, number varchar(20), name varchar(100))";

    static StaffHome managed(Path folder, String keys) {
        StaffHome home = new StaffHome(folder);
        home.write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  number: {type: string, indexed: true}
                  name: {type: string, unique: true}
                """);
        home.writeRest(MANAGED, keys);
        return home;
    }

    /** @param timeouts as in the file of the system */
    static StaffHome elsewhere(Path folder, String url, String username, String timeouts, String keys) {
        StaffHome home = new StaffHome(folder);
        home.write("jobs/systems/crm.yaml", """
                name: crm
                type: jdbc
                url: "%s"
                username: %s
                timeouts: %s
                objects:
                  contact: {table: contact, id: contact_id}
                """.formatted(url, username, timeouts));
        home.writeRest(ELSEWHERE, keys);
        return home;
    }

    private void writeRest(String target, String keys) {
        writePeople("");
        write("jobs/systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write("jobs/people.yaml", """
                name: people
                source: system/staff/person
                target: %s
                correlation: {any: [number]}
                properties:
                  - {target: number, source: number}
                  - {target: name, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: FOUND, action: UPDATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """.formatted(target) + keys);
    }

    /** @param suffix of all names */
    void writePeople(String suffix) {
        StringBuilder rows = new StringBuilder("number,name\n");
        for (int i = 0; i < PEOPLE; i++) {
            rows.append("N%03d,Person %d%s%n".formatted(i, i, suffix));
        }
        write("jobs/data/people.csv", rows.toString());
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets something happen when so many pages are about to commit. */
    static RunListener atPage(int page, Runnable happening) {
        AtomicInteger pages = new AtomicInteger();
        return new RunListener() {
            @Override
            public void committed(Run run, Phase phase, Counts counts) {
                if (pages.incrementAndGet() == page) {
                    happening.run();
                }
            }
        };
    }
}
