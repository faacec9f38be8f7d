package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Outcome;
import dev.concord.testing.Databases;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoneTablesTest extends UndoneTablesContract {

    UndoneTablesTest() {
        super(Databases.H2);
    }

    @Test
    void idsThatTheDatabaseAlwaysCountsAreOthersWhenRowsComeBack() throws IOException {
        jdbc().execute("create table person (id bigint generated always as identity primary key, name varchar(100))");
        mapping("system/crm/person", "");
        List<Entry> entries = goneAndBack();
        assertThat(entries).extracting(Entry::outcome).containsOnly(Outcome.SUCCESS);
        assertThat(jdbc().queryForList("select name from person order by name", String.class))
                .containsExactly("Ada", "Bea", "Cem");
        Long id = jdbc().queryForObject("select id from person where name = 'Bea'", Long.class);
        assertThat(entries)
                .filteredOn(entry -> entry.message() != null)
                .singleElement()
                .extracting(Entry::message)
                .isEqualTo("It came back as " + id + ", because the store gives ids itself.");
        assertThat(targetsOf("2")).containsExactly(String.valueOf(id));
    }
}
