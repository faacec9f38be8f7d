package dev.concord.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A home with one mapping over four people, quick to run. */
final class TinyCompany {

    static final String PEOPLE = """
            number,name,mail,salary
            1,Ada,ada@example.com,100
            2,松本,matsumoto@example.com,200
            3,=Evil(),evil@example.com,300
            4,Grace,,400
            """;

    private TinyCompany() {}

    static void writeTo(Path home) throws IOException {
        write(home, "jobs/hr-users.yaml", """
                name: hr-users
                source: system/hr/person
                target: managed/account
                displayAttributes: [name]
                properties:
                  - {target: userName, source: name}
                  - {target: mail, source: mail}
                  - {target: salary, source: salary}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                """);
        write(home, "jobs/systems/hr.yaml", """
                name: hr
                type: csv
                objects:
                  person:
                    file: ../data/people.csv
                    id: number
                    attributes:
                      salary: {type: integer, sensitive: true}
                """);
        write(home, "jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string, required: true}
                  mail: {type: string}
                  salary: {type: integer, sensitive: true}
                """);
        write(home, "jobs/data/people.csv", PEOPLE);
    }

    static void write(Path home, String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
