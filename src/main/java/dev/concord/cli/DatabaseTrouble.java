package dev.concord.cli;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Says why the platform database did not do its work, and what to check. Drivers' own words are left out: they repeat
 * values.
 */
final class DatabaseTrouble {

    private static final int NO_SUCH_DATABASE_MYSQL = 1049;
    private static final int LOCKED_H2 = 90020;
    private static final int WRONG_PASSWORD_H2 = 28000;

    private DatabaseTrouble() {}

    /**
     * The message, or null when the exception is not about the database.
     *
     * @param url the database's address as it is configured
     */
    static @Nullable String explain(Throwable trouble, @Nullable String url) {
        String address = DatabaseAddress.of(url);
        SQLException sql = find(trouble, SQLException.class);
        FlywayException migration = find(trouble, FlywayException.class);
        if (migration != null && sql == null) {
            return "The tables of the platform database " + address + " cannot be brought up to date: "
                    + String.valueOf(migration.getMessage()).lines().findFirst().orElse("no reason given")
                    + ". `db info` shows what was applied.";
        }
        String room = noRoom(trouble, url);
        if (room != null) {
            return room;
        }
        if (sql != null) {
            return reason(sql, address);
        }
        if (url != null && find(trouble, BeanCreationException.class) != null && !hasDriver(url)) {
            return "There is no driver for the platform database " + address
                    + ". Correct SPRING_DATASOURCE_URL: it begins with jdbc:h2:, jdbc:mysql: or jdbc:mariadb:.";
        }
        boolean about =
                find(trouble, DataAccessException.class) != null || find(trouble, TransactionException.class) != null;
        return about ? "The platform database " + address + " failed. Check that it runs and can be reached." : null;
    }

    /** The message where a disk is full, or null when it is something else. */
    static @Nullable String noRoom(Throwable trouble, @Nullable String url) {
        IOException disk = find(trouble, IOException.class);
        return disk == null || !isFull(disk)
                ? null
                : "There is no room for the platform database " + DatabaseAddress.of(url) + ": " + disk.getMessage()
                        + ". Make room on its disk; then a restart goes on from where the run was (`status` shows it).";
    }

    private static boolean isFull(IOException trouble) {
        String said = String.valueOf(trouble.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("no space") || said.contains("quota") || said.contains("file too large");
    }

    private static boolean hasDriver(String url) {
        return DriverManager.drivers().anyMatch(driver -> {
            try {
                return driver.acceptsURL(url);
            } catch (SQLException malformed) {
                return false;
            }
        });
    }

    private static String reason(SQLException sql, String address) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        String code = " (SQL state " + (state.isEmpty() ? "none" : state) + ", code " + sql.getErrorCode() + ")";
        String cannot = "The platform database " + address + " cannot be used: ";
        if (state.startsWith("08") && sql.getErrorCode() != LOCKED_H2) {
            return cannot + "nothing answers there" + code
                    + ". Check that it runs, and host and port in SPRING_DATASOURCE_URL.";
        }
        if (state.startsWith("28") || sql.getErrorCode() == WRONG_PASSWORD_H2) {
            return cannot + "it refuses the user or the password" + code
                    + ". Check SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.";
        }
        if (sql.getErrorCode() == NO_SUCH_DATABASE_MYSQL || state.startsWith("3D")) {
            return cannot + "the server has no database of that name" + code
                    + ". Create it, or correct SPRING_DATASOURCE_URL.";
        }
        if (sql.getErrorCode() == LOCKED_H2) {
            return cannot + "another process holds its file" + code
                    + ". End that process, or let both use a database server (SPRING_DATASOURCE_URL).";
        }
        return "The platform database " + address + " failed" + code
                + ". Check that it runs, has room, and that its user may create and change tables.";
    }

    private static <T extends Throwable> @Nullable T find(Throwable trouble, Class<T> type) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
