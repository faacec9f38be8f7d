package dev.concord.system.jdbc;

import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import dev.concord.system.WriteOutcome.Kind;
import dev.concord.system.WriteOutcome.Rejected;
import java.net.SocketTimeoutException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the errors of databases mean: whether they are about the data of one object or about the database itself. */
final class SqlErrors {

    private static final Set<Integer> MYSQL_UNIQUE = Set.of(1062, 1169, 1586, 1859);
    private static final Set<Integer> MYSQL_REQUIRED = Set.of(1048, 1364);
    private static final Set<Integer> MYSQL_TOO_LARGE = Set.of(1153, 1162);
    private static final Set<Integer> MYSQL_TYPE =
            Set.of(1264, 1265, 1292, 1366, 1367, 1406, 1411, 3140, 3141, 3143, 3156, 3854, 3903);
    private static final Set<Integer> MYSQL_CONSTRAINT =
            Set.of(1216, 1217, 1451, 1452, 1369, 1643, 1644, 3105, 3819, 4025, 1906);
    private static final Set<String> OTHER_CONSTRAINTS = Set.of("P0001", "45000", "428C9", "90154", "44000", "27000");

    /** How MySQL and MariaDB, and H2, name the index of a duplicate in their messages. */
    private static final List<Pattern> INDEX_NAMES = List.of(
            Pattern.compile("for key '(?:[^']*\\.)?([^'.]+)'\\s*$"),
            Pattern.compile("violation: \".*?(PRIMARY KEY|[^\". ]+)\"* ON "));

    private static final Pattern COLUMN_NAME = Pattern.compile("(?:Column|Field|column) ['\"]([^'\"]+)['\"]");

    private SqlErrors() {}

    /** What is wrong with the data, or null when it is not the data. */
    static @Nullable Rejected rejection(SQLException exception, Table table) {
        // The error of a batch only repeats the first words of the error of its statement.
        SQLException next = exception.getNextException();
        SQLException first = exception instanceof BatchUpdateException && next != null ? next : exception;
        for (SQLException each = first; each != null; each = each.getNextException()) {
            Kind kind = kind(each, table.dialect());
            if (kind != null) {
                return rejected(kind, each, table);
            }
        }
        return exception.getCause() instanceof SQLException cause ? rejection(cause, table) : null;
    }

    private static @Nullable Kind kind(SQLException exception, Dialect dialect) {
        String state = exception.getSQLState() == null ? "" : exception.getSQLState();
        int code = exception.getErrorCode();
        if (dialect.isMySqlFamily()) {
            if (exception instanceof PacketTooBigException || MYSQL_TOO_LARGE.contains(code)) {
                return Kind.TYPE;
            }
            if (MYSQL_UNIQUE.contains(code)) {
                return Kind.UNIQUE;
            }
            if (MYSQL_REQUIRED.contains(code)) {
                return Kind.REQUIRED;
            }
            if (MYSQL_TYPE.contains(code)) {
                return Kind.TYPE;
            }
            if (MYSQL_CONSTRAINT.contains(code)) {
                return Kind.CONSTRAINT;
            }
        }
        return switch (state) {
            case "23505" -> Kind.UNIQUE;
            case "23502" -> Kind.REQUIRED;
            case String data when data.startsWith("22") -> Kind.TYPE;
            case String constraint
            when constraint.startsWith("23") || OTHER_CONSTRAINTS.contains(constraint) -> Kind.CONSTRAINT;
            default -> null;
        };
    }

    private static Rejected rejected(Kind kind, SQLException exception, Table table) {
        String attribute = switch (kind) {
            case UNIQUE -> attributeOfIndex(exception, table);
            case REQUIRED, TYPE -> attributeOfColumn(exception, table);
            case CONSTRAINT -> null;
        };
        String subject = attribute == null ? "an attribute" : "attribute '" + attribute + "'";
        String what = switch (kind) {
            case UNIQUE -> "Another object has this value of " + subject + ", which must be unique.";
            case REQUIRED -> "A value of " + subject + " is required.";
            case TYPE ->
                "The database does not take this value of " + subject + ": wrong type, too long or out of range.";
            case CONSTRAINT -> "A constraint of the database does not allow this.";
        };
        if (exception instanceof PacketTooBigException || MYSQL_TOO_LARGE.contains(exception.getErrorCode())) {
            return new Rejected(
                    kind, null, "The object is larger than the database takes at once; see its max_allowed_packet.");
        }
        return new Rejected(
                kind,
                attribute,
                what + " (SQL state " + exception.getSQLState() + ", code " + exception.getErrorCode() + ")");
    }

    private static @Nullable String attributeOfIndex(SQLException exception, Table table) {
        ServerErrorMessage server = server(exception);
        String name = server == null ? null : server.getConstraint();
        if (name == null) {
            name = INDEX_NAMES.stream()
                    .map(pattern -> pattern.matcher(String.valueOf(exception.getMessage())))
                    .filter(Matcher::find)
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElse(null);
        }
        for (var index : table.uniqueIndexes().entrySet()) {
            if (index.getKey().equalsIgnoreCase(name) && !index.getValue().isEmpty()) {
                return index.getValue().getFirst();
            }
        }
        return null;
    }

    private static @Nullable String attributeOfColumn(SQLException exception, Table table) {
        ServerErrorMessage server = server(exception);
        String name = server == null ? null : server.getColumn();
        if (name == null) {
            Matcher matcher = COLUMN_NAME.matcher(String.valueOf(exception.getMessage()));
            name = matcher.find() ? matcher.group(1) : null;
        }
        if (name == null) {
            return null;
        }
        String wanted = name;
        return table.attributes().values().stream()
                .filter(column -> column.name().equalsIgnoreCase(wanted))
                .map(Column::attribute)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable ServerErrorMessage server(SQLException exception) {
        return exception instanceof PSQLException postgreSql ? postgreSql.getServerErrorMessage() : null;
    }

    /** Whether the connection or the statement is of no use any more, rather than the value that was read. */
    static boolean isConnectionLost(SQLException exception) {
        String state = exception.getSQLState();
        return exception instanceof SQLTransientException
                || exception instanceof SQLRecoverableException
                || exception instanceof SQLNonTransientConnectionException
                || (state != null && (state.startsWith("08") || state.startsWith("57")));
    }

    private static boolean isSilence(SQLException exception) {
        for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    static SQLException deepest(SQLException exception) {
        SQLException deepest = exception;
        while (deepest.getCause() instanceof SQLException cause) {
            deepest = cause;
        }
        return deepest;
    }

    /** In plain words, what somebody should look at. */
    static String meaning(SQLException exception) {
        String state =
                exception.getSQLState() == null ? "" : exception.getSQLState().toUpperCase(Locale.ROOT);
        if (state.startsWith("40") || state.equals("HYT00") || state.equals("55P03")) {
            return "it gave up because of other transactions. Trying again helps.";
        }
        if (exception instanceof SQLTimeoutException || state.startsWith("57014") || isSilence(exception)) {
            return "it did not answer in time. Check that it is up and not overloaded; a statement that needs longer wants"
                    + " a longer time-out.";
        }
        // The pool knows no code for a connection that was lost before the statement got to it.
        boolean nothingSaid = state.isEmpty() && exception.getErrorCode() == 0;
        if (nothingSaid || state.startsWith("08") || exception instanceof java.sql.SQLTransientConnectionException) {
            return "it cannot be reached, or all connections are in use. Check the url, and that the database is up.";
        }
        if (state.startsWith("28")) {
            return "it refuses the username or password.";
        }
        if (state.startsWith("42")) {
            return "a table or column is not there any more, or the user may not do this.";
        }
        if (state.startsWith("25")) {
            return "it, or the user, can only read.";
        }
        return "look the code up in the database's manual.";
    }
}
