package dev.concord.system.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.testing.Databases;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablePostgreSqlIT extends TableContract {
    TablePostgreSqlIT() {
        super(Databases.POSTGRESQL);
        database.execute("create type color as enum ('red', 'green')");
        database.execute("create collation sloppy (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");
    }

    @Override
    String counter() {
        return "serial";
    }

    @Override
    List<String> loose() {
        return List.of("id varchar(100) collate sloppy", "id text collate \"C\"");
    }

    @Override
    Map<String, String> everyType() {
        return columns(
                "small",
                "smallint",
                "whole",
                "integer",
                "large",
                "bigint",
                "amount",
                "decimal(20, 4)",
                "huge",
                "numeric",
                "floating",
                "double precision",
                "single",
                "real",
                "flag",
                "boolean",
                "fixed",
                "char(8)",
                "plain",
                "varchar(40)",
                "loose",
                "varchar(40) collate sloppy",
                "long_text",
                "text",
                "ordered",
                "text collate \"C\"",
                "birthday",
                "date",
                "clock",
                "time(3)",
                "moment",
                "timestamp(6)",
                "instant",
                "timestamptz",
                "token",
                "uuid",
                "data",
                "jsonb",
                "text_data",
                "json",
                "choice",
                "color",
                "address",
                "inet");
    }

    @Override
    List<Map<String, Object>> values() {
        return List.of(
                object(
                        "small",
                        -300,
                        "whole",
                        70_000,
                        "large",
                        9007199254740993L,
                        "amount",
                        new BigDecimal("12.34"),
                        "huge",
                        new BigDecimal("123456789012345678901234567890.5"),
                        "floating",
                        0.1,
                        "single",
                        1.1,
                        "flag",
                        true,
                        "fixed",
                        "ab",
                        "plain",
                        "Smith ",
                        "loose",
                        "Smith",
                        "long_text",
                        "Long",
                        "ordered",
                        "a",
                        "birthday",
                        "2024-02-29",
                        "clock",
                        "10:00:00.5",
                        "moment",
                        "2024-02-29T10:00:00",
                        "instant",
                        "2024-02-29T10:00:00Z",
                        "token",
                        "0a1b2c3d-0000-4000-8000-00000000abcd",
                        "data",
                        Map.of("a", List.of(1, "x", true)),
                        "text_data",
                        Map.of("b", 1),
                        "choice",
                        "red",
                        "address",
                        "10.0.0.1"),
                object(
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
                        "fixed",
                        "AB",
                        "plain",
                        "smith",
                        "loose",
                        "smith",
                        "long_text",
                        "x",
                        "ordered",
                        "B",
                        "birthday",
                        "1969-07-20",
                        "clock",
                        "23:59:59",
                        "moment",
                        "2024-02-29T10:00:00.123456",
                        "instant",
                        "2024-02-29T10:00:00.5Z",
                        "data",
                        List.of("x"),
                        "choice",
                        "green"),
                object(
                        "plain",
                        "\ud83d\ude00",
                        "loose",
                        "Stra\u00dfe",
                        "fixed",
                        "100%",
                        "amount",
                        new BigDecimal("-0.0001"),
                        "data",
                        "text"),
                object(
                        "plain",
                        "\uff21",
                        "loose",
                        "",
                        "birthday",
                        "2024-03-01",
                        "moment",
                        "2024-02-29T09:59:59.999999",
                        "large",
                        Long.MIN_VALUE));
    }

    @Test
    void idsThatTheDatabaseTakesForTheSameAreStillToldApart() {
        ObjectSet set = open(table("id varchar(20) collate sloppy not null primary key, name varchar(20)"), "id", null);
        set.write(List.of(new Write.Create("Ann", Map.of("name", "x")), new Write.Create("bob", Map.of("name", "y"))));
        assertThat(set.fetch(List.of("ann", "Ann", "BOB"))).containsOnlyKeys("Ann");
        assertThat(set.write(List.of(new Write.Delete("ann", null)))).hasOnlyElementsOfType(WriteOutcome.Written.class);
        assertThat(set.count(null)).isEqualTo(2);
        assertThat(set.count(Filter.parse("_id eq \"ann\""))).isZero();
        assertThat(resources(set.scan(KeyRange.ALL, "Ann", 5, null))).hasSize(1);
    }

    @Test
    void tablesOfOtherSchemasAreFoundByTheirFullName() {
        database.execute(
                "create schema other",
                "create table other.thing (id integer primary key)",
                "insert into other.thing values (5)");
        assertThat(open("other.thing", "id", null).fetch(List.of("5"))).hasSize(1);
    }
}
