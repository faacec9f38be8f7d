/**
 * Tables of any database with a JDBC driver as object sets; H2, MySQL, MariaDB and PostgreSQL are tried. Names of
 * tables and columns come from the database itself and are quoted, values are always bound. A statement may only narrow
 * what a filter or an id asks for, because databases compare in their own ways: Java decides which rows were meant.
 */
@NullMarked
package dev.concord.system.jdbc;

import org.jspecify.annotations.NullMarked;
