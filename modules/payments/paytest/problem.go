package paytest

import (
	"net/http"
)

// Problem is the gateway's error.
type Problem struct {
	Type    string  `json:"type"`
	Code    string  `json:"code,omitempty"`
	Decline string  `json:"decline_code,omitempty"`
	Message string  `json:"message"`
	Param   string  `json:"param,omitempty"`
	Intent  *Intent `json:"payment_intent,omitempty"`

	status int
	early  bool // nothing had begun: it is not kept under the key
}

func (p *Problem) reply() reply {
	return reply{status: p.status, body: encode(struct {
		Error *Problem `json:"error"`
	}{p})}
}

func (p *Problem) write(w http.ResponseWriter) { p.reply().write(w) }

// invalid is a parameter that cannot be.
func invalid(code, param, message string) *Problem {
	return &Problem{Type: "invalid_request_error", Code: code, Param: param, Message: message, status: http.StatusBadRequest, early: true}
}

// refused is a request that was understood and cannot be done now.
func refused(code, message string) *Problem {
	return &Problem{Type: "invalid_request_error", Code: code, Message: message, status: http.StatusBadRequest}
}

func missing(what, id string) *Problem {
	return &Problem{
		Type: "invalid_request_error", Code: "resource_missing", Param: "id", Message: "No such " + what + ": '" + id + "'",
		status: http.StatusNotFound, early: true,
	}
}

func invalidKey() *Problem {
	return &Problem{Type: "invalid_request_error", Message: "Invalid API Key provided", status: http.StatusUnauthorized, early: true}
}

func forbidden() *Problem {
	return &Problem{
		Type: "invalid_request_error", Message: "The provided key does not have the required permissions for this endpoint on this account.",
		status: http.StatusForbidden, early: true,
	}
}

func unknownRoute(r *http.Request) *Problem {
	return &Problem{
		Type: "invalid_request_error", Message: "Unrecognized request URL (" + r.Method + ": " + r.URL.Path + ").",
		status: http.StatusNotFound, early: true,
	}
}

func otherParams() *Problem {
	return &Problem{
		Type:    "idempotency_error",
		Message: "Keys for idempotent requests can only be used with the same parameters they were first used with.",
		status:  http.StatusBadRequest, early: true,
	}
}

func inUse() *Problem {
	return &Problem{
		Type: "idempotency_error", Code: "idempotency_key_in_use", Message: "There is currently another in-progress request using this key.",
		status: http.StatusConflict, early: true,
	}
}

func tooMany() *Problem {
	return &Problem{
		Type: "invalid_request_error", Code: "rate_limit", Message: "Too many requests hit the API too quickly.",
		status: http.StatusTooManyRequests, early: true,
	}
}

func broken() *Problem {
	return &Problem{Type: "api_error", Message: "An unknown error occurred.", status: http.StatusInternalServerError}
}
