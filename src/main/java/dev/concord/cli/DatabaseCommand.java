package dev.concord.cli;

import dev.concord.cli.Table.Column;
import dev.concord.record.Json;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "db", mixinStandardHelpOptions = true, description = "Looks after the platform database.")
final class DatabaseCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the database: migrate or info.");
    }

    @Command(
            name = "migrate",
            mixinStandardHelpOptions = true,
            description =
                    "Brings the tables up to date. Every other command does so by itself; this one does nothing else.")
    static final class Migrate implements Callable<Integer> {

        private final Shell shell;

        @Mixin
        private JsonOption answer = new JsonOption();

        Migrate(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            MigrateResult result = shell.platform().get(Flyway.class).migrate();
            List<String> applied = result.migrations.stream()
                    .map(migration -> migration.version + " " + migration.description)
                    .toList();
            if (answer.json) {
                Map<String, @Nullable Object> json = new LinkedHashMap<>();
                json.put(
                        "version", Objects.requireNonNullElse(result.targetSchemaVersion, result.initialSchemaVersion));
                json.put("applied", applied);
                shell.screen().result(Json.writePretty(json));
            } else if (applied.isEmpty()) {
                shell.screen().result("The tables are up to date.");
            } else {
                applied.forEach(migration -> shell.screen().result("applied " + migration));
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "Says which database it is and which migrations were applied. Changes nothing.")
    static final class Info implements Callable<Integer> {

        private final Shell shell;

        @Mixin
        private JsonOption answer = new JsonOption();

        Info(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws SQLException {
            Map<String, @Nullable Object> about = about();
            List<MigrationInfo> migrations =
                    Arrays.asList(shell.platform().get(Flyway.class).info().all());
            Screen screen = shell.screen();
            if (answer.json) {
                about.put("migrations", migrations.stream().map(Info::json).toList());
                screen.result(Json.writePretty(about));
                return ExitCode.DONE;
            }
            about.forEach((name, value) -> screen.result(name + " ".repeat(Math.max(1, 10 - name.length())) + value));
            screen.result("");
            Table table = new Table(
                    screen,
                    Column.word("version"),
                    Column.text("migration"),
                    Column.word("state"),
                    Column.word("applied"));
            migrations.forEach(migration -> table.row(
                    String.valueOf(migration.getVersion()),
                    String.valueOf(migration.getDescription()),
                    migration.getState().getDisplayName(),
                    Readable.time(applied(migration))));
            table.print();
            return ExitCode.DONE;
        }

        private Map<String, @Nullable Object> about() throws SQLException {
            try (Connection connection = shell.platform().get(DataSource.class).getConnection()) {
                DatabaseMetaData meta = connection.getMetaData();
                Map<String, @Nullable Object> about = new LinkedHashMap<>();
                about.put("url", DatabaseAddress.of(meta.getURL()));
                about.put("database", meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion());
                about.put("driver", meta.getDriverName() + " " + meta.getDriverVersion());
                return about;
            }
        }

        private static Map<String, @Nullable Object> json(MigrationInfo migration) {
            Instant applied = applied(migration);
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("version", String.valueOf(migration.getVersion()));
            json.put("description", migration.getDescription());
            json.put("state", migration.getState().name());
            json.put("applied", applied == null ? null : applied.toString());
            return json;
        }

        private static @Nullable Instant applied(MigrationInfo migration) {
            return migration.getInstalledOn() == null
                    ? null
                    : migration.getInstalledOn().toInstant();
        }
    }
}
