// Package inquiry says what may be asked of a database by hand: one statement that
// reads, with functions that only compute, and without what is kept secret.
//
// It is the first of several walls. Behind it the database itself refuses: a
// connection that cannot write, an authorizer or a role that does not see secrets,
// and a limit of time.
package inquiry

import (
	"slices"
	"strings"

	"orion/kit/fault"
)

// Why a text is not asked.
var (
	ErrEmpty    = fault.New(fault.Invalid, "inquiry.empty")
	ErrLong     = fault.New(fault.Invalid, "inquiry.too_long")
	ErrMany     = fault.New(fault.Invalid, "inquiry.one_statement")
	ErrVerb     = fault.New(fault.Invalid, "inquiry.only_reads")
	ErrSign     = fault.New(fault.Invalid, "inquiry.sign")     // {sign}
	ErrFunction = fault.New(fault.Invalid, "inquiry.function") // {function}
	ErrSecret   = fault.New(fault.Forbidden, "inquiry.secret")
)

// MaxText is how long a text may be, in bytes.
const MaxText = 20_000

// Read takes a text apart and gives it back put together from its words, so that
// what was looked at is what a database reads: without comments, and with nothing
// that only a database would see differently.
func Read(text string) (string, error) {
	if len(text) > MaxText {
		return "", ErrLong.With("max", MaxText)
	}
	words, err := split(text)
	if err != nil {
		return "", err
	}
	for len(words) > 0 && words[len(words)-1] == ";" {
		words = words[:len(words)-1]
	}
	if len(words) == 0 {
		return "", ErrEmpty
	}
	if verb := strings.ToLower(words[0]); !slices.Contains([]string{"select", "with", "values", "explain"}, verb) {
		return "", ErrVerb
	}
	for i, w := range words {
		switch {
		case w == ";":
			return "", ErrMany
		case i+1 < len(words) && words[i+1] == "(" && isName(w):
			if name := strings.ToLower(strings.Trim(w, `"`)); !allowed(name, words, i) {
				return "", ErrFunction.With("function", name)
			}
		}
	}
	return strings.Join(words, " "), nil
}

// isName tells a word that can call something from a sign, a number or a string.
func isName(w string) bool {
	c := w[0]
	return c == '"' || c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// allowed tells whether a name may stand before a bracket: a word of the
// language, a function that only computes, or a table that the statement names
// with its columns.
func allowed(name string, words []string, at int) bool {
	if slices.Contains(language, name) || slices.Contains(functions, name) {
		return at == 0 || words[at-1] != "." // of no schema
	}
	return names(words, at)
}

// names tells that a bracket holds the columns of a table that the statement itself
// names: of the first one of WITH, or of an alias. Nothing is called there.
func names(words []string, at int) bool {
	if at == 0 || !slices.Contains([]string{"with", "recursive", "as"}, strings.ToLower(words[at-1])) {
		return false
	}
	end := at + 2
	for ; end < len(words) && words[end] != ")"; end++ {
		if words[end] != "," && !isName(words[end]) {
			return false
		}
	}
	return end > at+2
}

// language are the words of SQL that a bracket may follow.
var language = []string{
	"all", "and", "any", "as", "between", "by", "case", "cast", "distinct", "else", "end", "except", "exists", "explain", "filter", "from", "group", "having",
	"ilike", "in", "intersect", "is", "join", "lateral", "like", "limit", "materialized", "not", "offset", "on", "or", "over", "partition", "select", "then",
	"union", "using", "values", "when", "where", "within", "array", "interval", "numeric", "decimal", "varchar", "char", "row",
}

// functions are those of both databases that compute and do nothing else.
var functions = []string{
	"abs", "avg", "bool_and", "bool_or", "ceil", "ceiling", "char_length", "coalesce", "concat", "concat_ws", "count", "cume_dist", "date", "date_part", "date_trunc",
	"datetime", "dense_rank", "encode", "every", "extract", "first_value", "floor", "format", "generate_series", "glob", "greatest", "group_concat", "hex", "ifnull", "iif", "instr",
	"json", "json_agg", "json_array_elements", "json_array_elements_text", "json_array_length", "json_build_object", "json_each", "json_each_text", "json_extract",
	"json_group_array", "json_group_object", "json_object_keys", "json_tree", "json_type", "json_valid", "jsonb_agg", "jsonb_array_elements",
	"jsonb_array_elements_text", "jsonb_array_length", "jsonb_each", "jsonb_each_text", "jsonb_object_keys", "jsonb_path_query", "jsonb_pretty", "jsonb_typeof", "julianday", "lag",
	"last_value", "lead", "least", "left", "length", "lower", "ltrim", "make_interval", "max", "md5", "min", "mod", "mode", "now", "nth_value", "ntile", "nullif", "octet_length",
	"percent_rank", "percentile_cont", "percentile_disc", "position", "power", "printf", "quote", "rank", "regexp_matches", "regexp_replace", "replace", "right", "round",
	"row_number", "row_to_json", "rtrim", "sign", "split_part", "sqrt", "stddev", "strftime", "string_agg", "strpos", "substr", "substring", "sum", "time", "to_char",
	"to_date", "to_json", "to_jsonb", "to_number", "to_timestamp", "total", "trim", "trunc", "typeof", "unicode", "unixepoch", "unnest", "upper", "variance",
}

// Computes tells that a function does nothing but compute.
func Computes(function string) bool { return slices.Contains(functions, strings.ToLower(function)) }
