// A receiver of Truora's hooks: net/http, crypto/hmac, and PostgreSQL behind database/sql.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	_ "github.com/lib/pq"
)

const (
	bodyLimit     = 2 << 20
	leewaySeconds = 60
)

var (
	errToken  = errors.New("not a token of Truora")
	errEvents = errors.New("no events")

	defect = os.Getenv("DEFECT") // only there to see the contract fail
)

// event is kept as it came: its id is read, the rest is only passed on.
type event struct {
	id  string
	raw json.RawMessage
}

type receiver struct {
	key []byte // the text itself: it is not decoded from hex
	db  *sql.DB
}

// decode takes base64url without padding, in its one right spelling.
func decode(segment string) ([]byte, error) {
	if strings.ContainsAny(segment, "\r\n") {
		return nil, errToken
	}
	return base64.RawURLEncoding.Strict().DecodeString(segment)
}

func parse(segment string, into any) error {
	data, err := decode(segment)
	if err != nil || !utf8.Valid(data) || json.Unmarshal(data, into) != nil {
		return errToken
	}
	return nil
}

// signed compares in constant time; the algorithm is ours to choose, not the token's.
func (r *receiver) signed(header map[string]any, input, signature string) bool {
	if defect == "alg-none" && header["alg"] == "none" {
		return true
	}
	if header["alg"] != "HS256" || header["crit"] != nil {
		return false
	}
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(input))
	given, err := decode(signature)
	return err == nil && hmac.Equal(given, mac.Sum(nil))
}

// verify returns the events of a token that Truora signed, and reads no claim before.
func (r *receiver) verify(token string) (json.RawMessage, error) {
	segments := strings.Split(token, ".")
	if len(segments) != 3 {
		return nil, errToken
	}
	var header map[string]any
	if err := parse(segments[0], &header); err != nil {
		return nil, err
	}
	if !r.signed(header, segments[0]+"."+segments[1], segments[2]) {
		return nil, errToken
	}
	// Truora sends neither time, and no rule on iat: the last retry comes hours after the event.
	var claims struct {
		Events    json.RawMessage `json:"events"`
		Expires   *float64        `json:"exp"`
		NotBefore *float64        `json:"nbf"`
	}
	if err := parse(segments[1], &claims); err != nil {
		return nil, err
	}
	now := float64(time.Now().Unix())
	if claims.Expires != nil && *claims.Expires <= now-leewaySeconds {
		return nil, errToken
	}
	if claims.NotBefore != nil && *claims.NotBefore > now+leewaySeconds {
		return nil, errToken
	}
	return claims.Events, nil
}

// eventsOf sorts by id, so that two deliveries of the same events never wait for each other.
func eventsOf(list json.RawMessage) ([]event, error) {
	var raws []json.RawMessage
	if json.Unmarshal(list, &raws) != nil || raws == nil {
		return nil, errEvents
	}
	events := make([]event, 0, len(raws))
	for _, raw := range raws {
		var fields struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(raw, &fields) != nil || fields.ID == "" {
			return nil, errEvents
		}
		events = append(events, event{fields.ID, raw})
	}
	sort.Slice(events, func(i, j int) bool { return events[i].id < events[j].id })
	return events, nil
}

// apply takes each event once, however often it comes: keys and effects are one transaction.
func (r *receiver) apply(ctx context.Context, events []event) error {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, one := range events {
		claim := "INSERT INTO seen (key) VALUES ($1) ON CONFLICT DO NOTHING"
		result, err := tx.ExecContext(ctx, claim, one.id)
		if err != nil {
			return err
		}
		fresh, err := result.RowsAffected()
		if err == nil && fresh == 1 {
			err = carryOut(ctx, tx, one)
		}
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}

// carryOut is your work. An event type that you do not know is acknowledged all the same.
func carryOut(ctx context.Context, tx *sql.Tx, one event) error {
	insert := "INSERT INTO records (key, event) VALUES ($1, $2)"
	_, err := tx.ExecContext(ctx, insert, one.id, string(one.raw))
	return err
}

func (r *receiver) hook(response http.ResponseWriter, request *http.Request) {
	if request.Method != http.MethodPost {
		http.Error(response, "POST only", http.StatusMethodNotAllowed)
		return
	}
	if coding := request.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		http.Error(response, "compressed", http.StatusUnsupportedMediaType)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, bodyLimit))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		http.Error(response, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil {
		http.Error(response, "unreadable", http.StatusBadRequest)
		return
	}
	list, err := r.verify(string(body))
	if err != nil {
		http.Error(response, "not a delivery of Truora", http.StatusUnauthorized)
		return
	}
	events, err := eventsOf(list)
	if err != nil {
		http.Error(response, "no events", http.StatusBadRequest)
		return
	}
	// Not the request's own context: work goes on when the sender hangs up.
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := r.apply(ctx, events); err != nil {
		log.Printf("not applied: %v", err)
		http.Error(response, "deliver it again", http.StatusServiceUnavailable)
		return
	}
	response.WriteHeader(http.StatusNoContent)
}

// records shows what took effect: the page that the contract's probe reads.
func (r *receiver) records(response http.ResponseWriter, request *http.Request) {
	var list string
	query := "SELECT '[' || coalesce(string_agg(event, ','), '') || ']' FROM records WHERE key = $1"
	if err := r.db.QueryRow(query, request.URL.Query().Get("id")).Scan(&list); err != nil {
		http.Error(response, "not readable", http.StatusInternalServerError)
		return
	}
	response.Header().Set("Content-Type", "application/json")
	io.WriteString(response, list)
}

func main() {
	db, err := sql.Open("postgres", os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	tables := `CREATE TABLE IF NOT EXISTS seen (key text PRIMARY KEY);
		CREATE TABLE IF NOT EXISTS records (key text, event text);
		CREATE INDEX IF NOT EXISTS records_key ON records (key)`
	if _, err := db.Exec(tables); err != nil {
		log.Fatal(err)
	}
	key := os.Getenv("TRUORA_SIGNING_KEY")
	if key == "" {
		log.Fatal("TRUORA_SIGNING_KEY is not set")
	}
	r := &receiver{key: []byte(key), db: db}
	http.HandleFunc("/webhooks/truora", r.hook)
	http.HandleFunc("/records", r.records)
	server := &http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), ReadTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}
