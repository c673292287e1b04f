/*
 * Hosts of addresses: the special-use names and number ranges as tables.
 */
#include "base/address.h"

#include "base/enum.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define HOST_SIZE 256

static const char *const endings[] = {"localhost", "local", "localdomain",
    "internal", "intranet", "lan", "home", "corp", "private", "test",
    "example", "invalid", "onion", "home.arpa", "example.com", "example.net",
    "example.org"};

static const struct {
	uint32_t network, bits;
} ranges[] = {
    {0x00000000, 8},  /* this network */
    {0x0a000000, 8},  /* RFC 1918 */
    {0x64400000, 10}, /* shared, RFC 6598 */
    {0x7f000000, 8},  /* loopback */
    {0xa9fe0000, 16}, /* link-local */
    {0xac100000, 12}, /* RFC 1918 */
    {0xc0000200, 24}, /* documentation */
    {0xc0a80000, 16}, /* RFC 1918 */
    {0xc6336400, 24}, /* documentation */
    {0xcb007100, 24}, /* documentation */
    {0xe0000000, 3},  /* multicast and reserved */
};

/* Without user, port and the brackets of an IPv6 number. */
static bool
take_host(const char *url, char out[HOST_SIZE])
{
	const char *at = strstr(url, "://");

	if (!at || (strncasecmp(url, "http://", 7) != 0 &&
			strncasecmp(url, "https://", 8) != 0))
		return false;
	at += 3;
	size_t size = strcspn(at, "/?#");
	if (size == 0 || size >= HOST_SIZE || memchr(at, '@', size))
		return false;
	if (at[0] == '[') {
		size = strcspn(at, "]");
		at++;
		size = size > 0 ? size - 1 : 0;
	} else {
		size_t host = strcspn(at, ":");
		size = host < size ? host : size;
	}
	while (size > 0 && at[size - 1] == '.')
		size--;
	snprintf(out, HOST_SIZE, "%.*s", (int)size, at);
	return size > 0;
}

static bool
ends_in(const char *host, const char *ending)
{
	size_t size = strlen(host), tail = strlen(ending);

	return size >= tail && strcasecmp(host + size - tail, ending) == 0 &&
	    (size == tail || host[size - tail - 1] == '.');
}

static bool
number_is_public(uint32_t number)
{
	for (size_t i = 0; i < COUNT_OF(ranges); i++)
		if (number >> (32 - ranges[i].bits) ==
		    ranges[i].network >> (32 - ranges[i].bits))
			return false;
	return true;
}

static bool
is_public_6(const struct in6_addr *n)
{
	if (IN6_IS_ADDR_V4MAPPED(n)) {
		uint32_t four;
		memcpy(&four, n->s6_addr + 12, 4);
		return number_is_public(ntohl(four));
	}
	/* 2000::/3 without documentation is what is routed */
	return n->s6_addr[0] >> 5 == 1 &&
	    !(n->s6_addr[0] == 0x20 && n->s6_addr[1] == 0x01 &&
		n->s6_addr[2] == 0x0d && n->s6_addr[3] == 0xb8);
}

bool
address_is_public(const char *url)
{
	char host[HOST_SIZE];
	struct in6_addr six;
	struct in_addr four;

	if (!take_host(url, host))
		return false;
	if (inet_pton(AF_INET, host, &four) == 1)
		return number_is_public(ntohl(four.s_addr));
	if (strchr(host, ':'))
		return inet_pton(AF_INET6, host, &six) == 1 &&
		    is_public_6(&six);
	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (ends_in(host, endings[i]))
			return false;
	return strchr(host, '.') != NULL;
}
