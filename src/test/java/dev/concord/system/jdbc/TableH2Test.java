package dev.concord.system.jdbc;

import dev.concord.testing.Databases;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

class TableH2Test extends TableContract {
    TableH2Test() {
        super(Databases.H2);
    }

    @Override
    String counter() {
        return "integer auto_increment";
    }

    @Override
    List<String> loose() {
        return List.of("id varchar_ignorecase(100)");
    }

    @Override
    Map<String, String> everyType() {
        return columns(
                "tiny",
                "tinyint",
                "small",
                "smallint",
                "whole",
                "integer",
                "large",
                "bigint",
                "amount",
                "decimal(20, 4)",
                "huge",
                "numeric(30)",
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
                "varchar_ignorecase(40)",
                "long_text",
                "clob",
                "birthday",
                "date",
                "clock",
                "time(3)",
                "moment",
                "timestamp(6)",
                "instant",
                "timestamp(6) with time zone",
                "token",
                "uuid",
                "data",
                "json",
                "choice",
                "enum('red', 'green')",
                "flexible",
                "decfloat(20)");
    }

    @Override
    List<Map<String, Object>> values() {
        return List.of(
                object(
                        "tiny",
                        1,
                        "small",
                        -300,
                        "whole",
                        70_000,
                        "large",
                        9007199254740993L,
                        "amount",
                        new BigDecimal("12.34"),
                        "huge",
                        new BigDecimal("123456789012345678901234567890"),
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
                        "choice",
                        "red",
                        "flexible",
                        new BigDecimal("1.5")),
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
                        "fixed",
                        "AB",
                        "plain",
                        "smith",
                        "loose",
                        "smith",
                        "long_text",
                        "x",
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
}
