package dev.concord.api.openidm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small house: people of a file, a managed type and a table, each with attributes of all kinds. */
final class ObjectsHome {

    private ObjectsHome() {}

    static void in(Path home) throws IOException {
        write(home, "key", "a secret of more than thirty-two characters");
        write(home, "jobs/keys/default.yaml", "name: default\nsecret: ${file:" + home.resolve("key") + "}\n");
        write(home, "jobs/managed/person.yaml", """
                name: person
                attributes:
                  userName: {type: string, required: true, unique: true}
                  mail: {type: string, indexed: true}
                  age: {type: integer}
                  groups: {type: string, multivalued: true}
                  emails: {type: object, multivalued: true}
                  ssn: {type: string, sensitive: true}
                  password: {type: string, hashed: true}
                  pin: {type: string, encrypted: true}
                """);
        write(home, "jobs/systems/hr.yaml", """
                name: hr
                type: csv
                objects:
                  employee: {file: ../data/employees.csv, id: employeeNumber}
                  broken: {file: ../data/broken.csv, id: employeeNumber, attributes: {age: {type: integer}}}
                  absent: {file: ../data/absent.csv, id: employeeNumber}
                """);
        write(home, "jobs/data/employees.csv", """
                employeeNumber,userName,mail
                1,ada,ada@example.com
                2,bob,bob@example.com
                """);
        write(home, "jobs/data/broken.csv", """
                employeeNumber,age
                1,36
                2,many
                """);
        write(home, "jobs/systems/doors.yaml", """
                name: doors
                type: jdbc
                datasource: platform
                setup: ../data/doors.sql
                objects:
                  person:
                    table: door_person
                    id: person_id
                    attributes:
                      code: {column: door_code, writeOnly: true}
                """);
        write(
                home,
                "jobs/data/doors.sql",
                "create table door_person (person_id varchar(50) not null primary key, name varchar(100),"
                        + " door_code varchar(100));\n");
        write(home, "jobs/people.yaml", """
                # What people wrote about it.
                name: people
                source: system/hr/employee
                target: managed/person
                correlation: {any: [userName]}
                properties:
                  - {target: userName, source: userName}
                  - {target: mail, source: mail}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: FOUND, action: UPDATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """);
        write(home, "jobs/sync.json", """
                {"mappings": [
                  {"name": "absents", "source": "system/hr/absent", "target": "managed/person", "icon": "x",
                   "properties": [], "policies": []},
                  {"name": "doors", "source": "managed/person", "target": "system/doors/person",
                   "properties": [{"source": "userName", "target": "name"}], "policies": []}
                ]}
                """);
    }

    private static void write(Path home, String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
