package dev.concord.system.jdbc;

import dev.concord.mapping.AttributeDefinition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of a set lie in a table.
 *
 * @param set the path of the object set
 * @param table the table's name, with its schema in front if it is not the connection's own
 * @param id the column that holds the id, spelled as in the definition
 * @param revision the column that holds the revision; null when there is none
 * @param attributes attribute name to column name; columns that are not listed appear under their own name
 * @param types what is declared of attributes, by attribute name
 * @param managed whether the table belongs to the built-in store: the id is no attribute, new objects get a random id,
 *     required attributes are what the types say, moments are kept in UTC where columns know no zones
 */
public record TableLayout(
        String set,
        String table,
        String id,
        @Nullable String revision,
        Map<String, String> attributes,
        Map<String, AttributeDefinition> types,
        boolean managed) {}
