package dev.concord.system.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.UnreadableObject;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.testing.Databases;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class TableMySqlContract extends TableContract {
    TableMySqlContract(Databases kind) {
        super(kind);
    }

    @Override
    String counter() {
        return "integer auto_increment";
    }

    @Override
    List<String> loose() {
        return List.of(
                "id varchar(100) collate utf8mb4_general_ci",
                "id varchar(100) collate utf8mb4_unicode_ci",
                "id varchar(100) collate utf8mb4_bin");
    }

    @Override
    Map<String, String> everyType() {
        return columns(
                "tiny",
                "tinyint",
                "small",
                "smallint unsigned",
                "whole",
                "integer",
                "large",
                "bigint",
                "amount",
                "decimal(20, 4)",
                "huge",
                "bigint unsigned",
                "floating",
                "double",
                "single",
                "float",
                "flag",
                "boolean",
                "bits",
                "bit(1)",
                "fixed",
                "char(8)",
                "plain",
                "varchar(40)",
                "western",
                "varchar(40) character set latin1",
                "padded",
                "varchar(40) collate utf8mb4_bin",
                "long_text",
                "text",
                "birthday",
                "date",
                "clock",
                "time(3)",
                "moment",
                "datetime(6)",
                "seconds",
                "datetime",
                "stamp",
                "timestamp null",
                "since",
                "year",
                "data",
                "json",
                "choice",
                "enum('red', 'green')");
    }

    @Override
    List<Map<String, Object>> values() {
        return List.of(
                object(
                        "tiny",
                        1,
                        "small",
                        65_000,
                        "whole",
                        70_000,
                        "large",
                        9007199254740993L,
                        "amount",
                        new BigDecimal("12.34"),
                        "huge",
                        new BigDecimal("18446744073709551615"),
                        "floating",
                        0.1,
                        "single",
                        1.1,
                        "flag",
                        true,
                        "bits",
                        false,
                        "fixed",
                        "ab",
                        "plain",
                        "Smith ",
                        "western",
                        "Gr\u00fc\u00dfe",
                        "padded",
                        "x ",
                        "long_text",
                        "Long",
                        "birthday",
                        "2024-02-29",
                        "clock",
                        "10:00:00.5",
                        "moment",
                        "2024-02-29T10:00:00.5",
                        "seconds",
                        "2024-02-29T10:00:00",
                        "stamp",
                        "2024-02-29T10:00:00",
                        "since",
                        1999,
                        "data",
                        Map.of("a", List.of(1, "x", true)),
                        "choice",
                        "red"),
                object(
                        "tiny",
                        -5,
                        "whole",
                        5,
                        "amount",
                        12,
                        "floating",
                        -2.5e10,
                        "single",
                        0.5,
                        "flag",
                        false,
                        "bits",
                        true,
                        "fixed",
                        "AB",
                        "plain",
                        "smith",
                        "western",
                        "grusse",
                        "padded",
                        "x",
                        "long_text",
                        "x",
                        "birthday",
                        "1969-07-20",
                        "clock",
                        "23:59:59",
                        "moment",
                        "2024-02-29T10:00:00.123456",
                        "data",
                        List.of("x"),
                        "choice",
                        "green"),
                object(
                        "plain",
                        "\ud83d\ude00",
                        "western",
                        "SMITH",
                        "fixed",
                        "100%",
                        "amount",
                        new BigDecimal("-0.0001")),
                object(
                        "plain",
                        "\uff21",
                        "padded",
                        "",
                        "birthday",
                        "2024-03-01",
                        "moment",
                        "2024-02-29T09:59:59.999999",
                        "large",
                        Long.MIN_VALUE),
                object("plain", "Smi\u200bth", "long_text", "\u00e9"));
    }

    @Test
    void idsThatTheDatabaseTakesForTheSameAreStillToldApart() {
        ObjectSet set =
                open(table("id varchar(20) character set latin1 not null primary key, name varchar(20)"), "id", null);
        set.write(List.of(new Write.Create("Ann", Map.of("name", "x")), new Write.Create("bob", Map.of("name", "y"))));
        assertThat(set.fetch(List.of("ann", "Ann", "BOB", "\ud83d\ude00", "Ann ")))
                .containsOnlyKeys("Ann");
        Resource ann = set.fetch(List.of("Ann")).get("Ann");
        assertThat(set.write(List.of(
                        new Write.Update(new Resource("ann", null, ann.content()), Map.of("id", "Ann", "name", "z")))))
                .hasOnlyElementsOfType(WriteOutcome.Stale.class);
        assertThat(set.write(List.of(new Write.Delete("ann", null)))).hasOnlyElementsOfType(WriteOutcome.Written.class);
        assertThat(set.count(null)).isEqualTo(2);
        assertThat(set.count(Filter.parse("_id eq \"ann\""))).isZero();
        assertThat(resources(set.scan(KeyRange.ALL, "Ann", 5, null))).hasSize(1);
        assertThat(set.write(List.of(new Write.Create("ANN", Map.of()))))
                .hasOnlyElementsOfType(WriteOutcome.Rejected.class);
    }

    @Test
    void aRevisionThatTheDatabaseKeepsIsReadAfterEachWrite() throws InterruptedException {
        ObjectSet set = open(
                table(
                        "id integer not null primary key, name varchar(20), changed datetime(6) not null default current_timestamp(6) on update current_timestamp(6)"),
                "id",
                "changed");
        Resource created = ((WriteOutcome.Written) set.write(List.of(new Write.Create("1", Map.of("name", "x"))))
                        .getFirst())
                .resource();
        assertThat(created.revision()).isNotNull();
        Map<String, Object> content = new HashMap<>(created.content());
        content.put("name", "y");
        Resource updated = ((WriteOutcome.Written)
                        set.write(List.of(new Write.Update(created, content))).getFirst())
                .resource();
        assertThat(updated.revision()).isNotEqualTo(created.revision());
        assertThat(set.fetch(List.of("1")).get("1")).isEqualTo(updated);
        assertThat(set.write(List.of(new Write.Update(created, Map.of("id", 1, "name", "z")))))
                .hasOnlyElementsOfType(WriteOutcome.Stale.class);
    }

    @Test
    void anObjectThatCannotBeReadIsNeverTakenForOneThatDoesNotExist() {
        String table = table("id integer not null primary key, name varchar(20), born date");
        database.execute(
                "set sql_mode = ''", "insert into " + table + " values (1, 'x', '0000-00-00'), (2, 'y', '2000-01-01')");
        try {
            ObjectSet set = open(table, "id", null);
            Page page = set.scan(KeyRange.ALL, null, 10, Filter.parse("name pr"));
            assertThat(page.items()).hasSize(2);
            assertThat(page.items().getFirst()).isInstanceOfSatisfying(Page.Item.Unreadable.class, unreadable -> {
                assertThat(unreadable.id()).isEqualTo("1");
                assertThat(unreadable.reason()).contains("born").doesNotContain("0000");
            });
            assertThatThrownBy(() -> set.fetch(List.of("1", "2")))
                    .isInstanceOfSatisfying(
                            UnreadableObject.class, e -> assertThat(e.id()).isEqualTo("1"));
            assertThat(set.fetch(List.of("2"))).hasSize(1);
        } finally {
            database.pool().getHikariPoolMXBean().softEvictConnections();
        }
    }
}
