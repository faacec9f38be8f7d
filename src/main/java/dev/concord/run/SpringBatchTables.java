package dev.concord.run;

import java.sql.SQLException;
import java.util.Locale;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Migration 0.1: the tables of the batch framework's job repository, from the script that it ships for each database.
 */
public final class SpringBatchTables implements JavaMigration {

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("0.1");
    }

    @Override
    public String getDescription() {
        return "spring batch";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        String product =
                context.getConnection().getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        ScriptUtils.executeSqlScript(
                context.getConnection(),
                new ClassPathResource("org/springframework/batch/core/schema-" + product + ".sql"));
    }
}
