/**
 * A few companies that use models all day. The demo is a client like any other: it sets up its companies, keys and
 * prices and sends its usage through the gateway's HTTP API, and reads the money back from the usage API.
 */
@NullMarked
package io.tollgate.standalone.demo;

import org.jspecify.annotations.NullMarked;
