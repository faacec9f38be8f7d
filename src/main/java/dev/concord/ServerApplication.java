package dev.concord;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The house as a server: what the command line has, and the doors, schedules, meters and health of {@code serve}. */
@Configuration(proxyBeanMethods = false)
// Without a page for errors the web server asks nobody for one, who would have to be let in again: it writes them
// itself.
@EnableAutoConfiguration(exclude = {UserDetailsServiceAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@ComponentScan({"dev.concord.api", "dev.concord.run.schedule", "dev.concord.telemetry"})
@Import(HouseConfiguration.class)
public class ServerApplication {}
