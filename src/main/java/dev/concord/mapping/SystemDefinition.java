package dev.concord.mapping;

import dev.concord.secret.Secret;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file below {@code jobs/systems} says: a system and the object sets it holds, by type name. */
public sealed interface SystemDefinition extends NamedDefinition {

    /** CSV or JSON lines files. */
    record Files(String name, Format format, Map<String, FileObjects> objects, Place place)
            implements SystemDefinition {}

    /**
     * Tables of a database. {@code url} is null when the tables live in the platform database ({@code datasource:
     * platform}).
     *
     * @param setup an SQL script, relative to {@code jobs/}, that is run once when a table of the system does not
     *     exist; null for none
     * @param timeouts mean nothing when the tables live in the platform database
     */
    record Jdbc(
            String name,
            @Nullable Secret url,
            @Nullable Secret username,
            @Nullable Secret password,
            @Nullable String setup,
            Timeouts timeouts,
            Map<String, TableObjects> objects,
            Place place)
            implements SystemDefinition {

        /** With the usual time-outs. */
        public Jdbc(
                String name,
                @Nullable Secret url,
                @Nullable Secret username,
                @Nullable Secret password,
                @Nullable String setup,
                Map<String, TableObjects> objects,
                Place place) {
            this(name, url, username, password, setup, Timeouts.USUAL, objects, place);
        }
    }

    /**
     * How long a database elsewhere may take.
     *
     * @param connect to open a connection; three times as long to get one of those that there may be
     * @param call to answer; ten times as long to count, and to cut a table into ranges
     */
    record Timeouts(Duration connect, Duration call) {
        public static final Timeouts USUAL = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60));
    }

    enum Format {
        CSV,
        JSON
    }

    /**
     * Objects in a file.
     *
     * @param file relative to {@code jobs/systems/}, that is to the definition's own folder
     * @param id the column or member that holds the id
     * @param delimiter the character between CSV columns
     * @param attributes what is known of the attributes: type, several values and what separates them in a CSV cell;
     *     attributes that are not listed are strings (CSV) or whatever the file holds (JSON)
     */
    record FileObjects(
            String file,
            String id,
            char delimiter,
            String charset,
            Map<String, AttributeDefinition> attributes,
            Place place) {}

    /**
     * Objects in a table.
     *
     * @param attributes attribute name to column; columns that are not listed appear under their own name
     */
    record TableObjects(
            String table,
            String id,
            @Nullable String revision,
            Map<String, String> attributes,
            Map<String, AttributeDefinition> types,
            Place place) {}
}
