package dev.concord.system.jdbc;

import dev.concord.mapping.SystemDefinition;
import dev.concord.mapping.SystemDefinition.TableObjects;
import dev.concord.system.ObjectSet;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.UnusableObjectSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptException;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * A system whose objects are rows of tables. Safe for use by several threads; close it to let go of its connections.
 */
public final class JdbcSystem implements AutoCloseable {

    private static final Pattern STATEMENT_NUMBER = Pattern.compile("#\\d+");

    private final SystemDefinition.Jdbc definition;
    private final Database database;

    private JdbcSystem(SystemDefinition.Jdbc definition, Database database) {
        this.definition = definition;
        this.database = database;
    }

    /**
     * Opens a system, and sets it up if one of its tables does not exist.
     *
     * @param platform the platform database, which the system lives in when it has no url of its own
     * @param jobs the folder that the path of the setup script is relative to
     * @param connections how many connections to a database elsewhere there may be at once
     */
    public static JdbcSystem open(SystemDefinition.Jdbc definition, DataSource platform, Path jobs, int connections) {
        Database database =
                definition.url() == null ? Database.platform(platform) : Database.elsewhere(definition, connections);
        JdbcSystem system = new JdbcSystem(definition, database);
        boolean opened = false;
        try {
            system.setUp(jobs);
            opened = true;
            return system;
        } finally {
            if (!opened) {
                system.close();
            }
        }
    }

    /**
     * The objects of one type. Throws {@link UnusableObjectSet} listing the types when there is none of that name, or
     * when its table is not what the definition says.
     */
    public ObjectSet open(String type) {
        TableObjects objects = definition.objects().get(type);
        if (objects == null) {
            throw new UnusableObjectSet("System " + definition.name() + " has no objects of type '" + type
                    + "'. It has: " + String.join(", ", definition.objects().keySet()) + ".");
        }
        return database.open(new TableLayout(
                "system/" + definition.name() + "/" + type,
                objects.table(),
                objects.id(),
                objects.revision(),
                objects.attributes(),
                objects.types(),
                false));
    }

    @Override
    public void close() {
        database.close();
    }

    private void setUp(Path jobs) {
        String script = definition.setup();
        if (script == null || missingTables().isEmpty()) {
            return;
        }
        Path file = jobs.resolve(script).normalize();
        if (!Files.isReadable(file)) {
            throw new SystemUnavailable(
                    "System " + definition.name() + " has no table " + String.join(", ", missingTables())
                            + ", and its setup script " + file + " cannot be read.",
                    null);
        }
        try {
            database.apart(connection -> CallLimits.extended(connection, patient -> {
                ScriptUtils.executeSqlScript(
                        patient, new EncodedResource(new FileSystemResource(file), StandardCharsets.UTF_8));
                return file;
            }));
        } catch (ScriptException e) {
            // Another node may have been quicker.
            if (!missingTables().isEmpty()) {
                throw failed(file, e);
            }
        }
    }

    private List<String> missingTables() {
        return definition.objects().values().stream()
                .map(TableObjects::table)
                .filter(table -> !database.hasTable(table))
                .distinct()
                .toList();
    }

    /** The script's own words are not repeated: its statements hold data. */
    private SystemUnavailable failed(Path file, ScriptException exception) {
        Matcher number = STATEMENT_NUMBER.matcher(String.valueOf(exception.getMessage()));
        String statement = number.find() ? "statement " + number.group() : "a statement";
        String reason = exception.getCause() instanceof SQLException cause
                ? " (SQL state " + cause.getSQLState() + ", code " + cause.getErrorCode() + ")"
                : "";
        return new SystemUnavailable(
                "The setup script " + file + " of system " + definition.name() + " failed at " + statement + reason
                        + ". Correct it, or create the tables yourself.",
                null);
    }
}
