package dev.concord.mapping;

import dev.concord.secret.Secret;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the files below {@code jobs/systems}. */
final class SystemReader {

    /** The kinds of systems there are. */
    enum Type {
        CSV,
        JSON,
        JDBC
    }

    private static final String FOLDER = "systems";
    private static final String OBJECTS = "an object with an entry per type of object";

    private final Sources sources;
    private final Set<String> keys;
    private final FaultLog log;

    /** @param keys the names of the keys that there are */
    SystemReader(Sources sources, Set<String> keys, FaultLog log) {
        this.sources = sources;
        this.keys = keys;
        this.log = log;
    }

    /** The system, or null when it has errors. */
    @Nullable
    SystemDefinition read(Node root) {
        Type type = type(root);
        if (type == null) {
            return null;
        }
        Fields fields = Fields.of(root, type == Type.JDBC ? Shape.JDBC_SYSTEM : Shape.FILE_SYSTEM, log);
        if (fields == null) {
            return null;
        }
        Node nameNode = fields.get("name");
        String written = fields.requiredText("name");
        String name = written == null ? "" : written;
        if (nameNode != null && written != null) {
            Names.pathPart(nameNode, name, log);
        }
        Node objects = fields.required("objects");
        if (objects instanceof Node.Members members && members.members().isEmpty()) {
            log.error(objects, "no objects; at least one type of object is required");
        }
        SystemDefinition system = switch (type) {
            case CSV, JSON -> files(fields, name, type);
            case JDBC -> jdbc(fields, name);
        };
        return log.hasErrors() ? null : system;
    }

    private @Nullable Type type(Node root) {
        Node type = root instanceof Node.Members members ? members.members().get("type") : null;
        if (type != null && !type.isNull()) {
            return Words.SYSTEM_TYPES.read(type, log);
        }
        log.error(root, "the key type is required; allowed: " + String.join(", ", Words.SYSTEM_TYPES.all()));
        return null;
    }

    private SystemDefinition files(Fields system, String name, Type type) {
        Map<String, SystemDefinition.FileObjects> objects = new LinkedHashMap<>();
        system.members("objects", OBJECTS).forEach((objectType, node) -> {
            Names.pathPart(node, objectType, log);
            Fields fields = Fields.of(node, type == Type.CSV ? Shape.CSV_OBJECTS : Shape.JSON_OBJECTS, log);
            if (fields == null) {
                return;
            }
            String file = fields.requiredText("file");
            String id = fields.requiredText("id");
            Shape shape = type == Type.CSV ? Shape.CSV_ATTRIBUTE : Shape.JSON_ATTRIBUTE;
            Map<String, AttributeDefinition> attributes = new AttributeReader(shape, keys, log)
                    .read(fields.members("attributes", "an object with an entry per attribute"));
            SecrecyReader.refuseId(node, id, id == null ? null : attributes.get(id), log);
            objects.put(
                    objectType,
                    new SystemDefinition.FileObjects(
                            file == null ? "" : file,
                            id == null ? "" : id,
                            type == Type.CSV ? delimiter(fields) : ',',
                            type == Type.CSV ? charset(fields) : "UTF-8",
                            attributes,
                            node.place()));
        });
        return new SystemDefinition.Files(
                name,
                type == Type.CSV ? SystemDefinition.Format.CSV : SystemDefinition.Format.JSON,
                Collections.unmodifiableMap(objects),
                system.node().place());
    }

    private char delimiter(Fields fields) {
        Node node = fields.get("delimiter");
        String text = fields.text("delimiter");
        if (node == null || text == null) {
            return ',';
        }
        if (text.length() != 1 || "\"\r\n".contains(text)) {
            log.error(
                    node,
                    Quote.text(text) + " is no delimiter; one character is required, such as \",\", \";\" or \"\\t\"");
            return ',';
        }
        return text.charAt(0);
    }

    private String charset(Fields fields) {
        Node node = fields.get("charset");
        String text = fields.text("charset");
        if (node == null || text == null) {
            return "UTF-8";
        }
        try {
            return Charset.forName(text).name();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            log.error(
                    node,
                    Quote.text(text)
                            + " is no known character set; allowed are UTF-8, ISO-8859-1, windows-1252, UTF-16 and the others of Java");
            return "UTF-8";
        }
    }

    private SystemDefinition jdbc(Fields fields, String name) {
        SecretReader secrets = SecretReader.ofSystem(name, log);
        Secret url = secrets.url(fields);
        Secret username = secrets.text(fields, "username");
        Secret password = secrets.password(fields.get("password"));
        checkDatasource(fields);
        TableObjectsReader tables = new TableObjectsReader(keys, log);
        Map<String, SystemDefinition.TableObjects> objects = new LinkedHashMap<>();
        fields.members("objects", OBJECTS).forEach((type, node) -> {
            Names.pathPart(node, type, log);
            SystemDefinition.TableObjects table = tables.read(node);
            if (table != null) {
                objects.put(type, table);
            }
        });
        return new SystemDefinition.Jdbc(
                name,
                url,
                username,
                password,
                setup(fields),
                TimeoutReader.read(fields.object("timeouts", Shape.TIMEOUTS)),
                Collections.unmodifiableMap(objects),
                fields.node().place());
    }

    private void checkDatasource(Fields fields) {
        Node datasource = fields.get("datasource");
        if (datasource == null) {
            fields.required("url");
            return;
        }
        String text = fields.text("datasource");
        if (text != null && !text.equals("platform")) {
            log.error(
                    datasource,
                    Quote.text(text)
                            + " is no datasource; allowed: platform (or the keys url, username and password instead)");
        }
        for (String key : new String[] {"url", "username", "password", "timeouts"}) {
            Node node = fields.get(key);
            if (node != null) {
                log.error(node, "datasource and " + key + " exclude each other; keep one");
            }
        }
    }

    private @Nullable String setup(Fields fields) {
        Node node = fields.get("setup");
        String text = fields.text("setup");
        if (node == null || text == null) {
            return null;
        }
        String path = SourcePath.normalize(FOLDER, text);
        if (path == null) {
            log.error(
                    node,
                    Quote.text(text)
                            + " is no path below jobs/; required is one like ../data/setup.sql, seen from jobs/systems/");
        } else if (sources.isMissing(path)) {
            log.error(node, "the file jobs/" + path + " does not exist");
        }
        return path;
    }
}
