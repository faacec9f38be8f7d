package dev.concord.system.file;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Place;
import dev.concord.mapping.SystemDefinition;
import dev.concord.mapping.SystemDefinition.FileObjects;
import dev.concord.mapping.SystemDefinition.Format;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A folder with files of objects, and a platform database. */
record FileFolder(Path folder, TestDatabase database) implements AutoCloseable {

    static FileFolder in(Path folder) {
        return in(folder, Databases.H2);
    }

    static FileFolder in(Path folder, Databases kind) {
        TestDatabase database = kind.fresh();
        String dialect = kind == Databases.H2 ? "h2" : "mysql";
        new ResourceDatabasePopulator(new FileSystemResource("sql/" + dialect + "/V2__pending_file_change.sql"))
                .execute(database.dataSource());
        return new FileFolder(folder, database);
    }

    Path write(String file, String text) {
        return write(file, text, StandardCharsets.UTF_8);
    }

    Path write(String file, String text, Charset charset) {
        return write(file, text.getBytes(charset));
    }

    Path write(String file, byte[] bytes) {
        try {
            return Files.write(path(file), bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(path(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Path path(String file) {
        return folder.resolve(file);
    }

    FileObjectSets sets() {
        return new FileObjectSets(folder.resolve("jobs"), folder.resolve("data"), database.dataSource());
    }

    FileObjectSet csv(String file, AttributeDefinition... attributes) {
        return open(Format.CSV, file, "id", ',', "UTF-8", List.of(attributes));
    }

    FileObjectSet json(String file, AttributeDefinition... attributes) {
        return open(Format.JSON, file, "id", ',', "UTF-8", List.of(attributes));
    }

    FileObjectSet open(
            Format format,
            String file,
            String id,
            char delimiter,
            String charset,
            List<AttributeDefinition> attributes) {
        return (FileObjectSet) sets().open(system(format, file, id, delimiter, charset, attributes), "person");
    }

    SystemDefinition.Files system(
            Format format,
            String file,
            String id,
            char delimiter,
            String charset,
            List<AttributeDefinition> attributes) {
        Place place = new Place("systems/hr.yaml", 1, "/objects/person");
        Map<String, AttributeDefinition> byName = new LinkedHashMap<>();
        attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
        FileObjects objects = new FileObjects("../../" + file, id, delimiter, charset, byName, place);
        return new SystemDefinition.Files("hr", format, Map.of("person", objects), place);
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(database.dataSource());
    }

    int pending() {
        return jdbc().queryForObject("select count(*) from pending_file_change", Integer.class);
    }

    @Override
    public void close() {
        database.close();
    }
}
