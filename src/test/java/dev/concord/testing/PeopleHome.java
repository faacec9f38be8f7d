package dev.concord.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A home whose mapping {@code people} makes managed accounts of the two people in a file. Tests write over what they
 * want otherwise.
 */
public record PeopleHome(Path folder) {

    public static PeopleHome in(Path folder) {
        return new PeopleHome(folder)
                .write("data/people.csv", "number,name\n1,Ada\n2,Bea\n")
                .write("systems/staff.yaml", """
                        name: staff
                        type: csv
                        objects:
                          person: {file: ../data/people.csv, id: number}
                        """)
                .write("managed/account.yaml", """
                        name: account
                        attributes:
                          name: {type: string}
                        """)
                .write("people.yaml", """
                        name: people
                        source: system/staff/person
                        target: managed/account
                        properties:
                          - {target: name, source: name}
                        policies:
                          - {situation: ABSENT, action: CREATE}
                        """);
    }

    /** @param file below {@code jobs/} */
    public PeopleHome write(String file, String text) {
        try {
            Files.createDirectories(file(file).getParent());
            Files.writeString(file(file), text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A file below {@code jobs/}. */
    public Path file(String file) {
        return folder.resolve("jobs").resolve(file);
    }
}
