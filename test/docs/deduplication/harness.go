// Serves the blocks of docs/deduplication.md: POST /<pattern>?sink=<url>, the body is one event.
package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gomodule/redigo/redis"
	_ "github.com/lib/pq"
)

// Event is what the blocks know of one.
type Event struct {
	ID        string `json:"id"`
	Action    string `json:"event_action"`
	Timestamp string `json:"timestamp"`
	Object    struct {
		CheckID string `json:"check_id"`
		Status  string `json:"status"`
	} `json:"object"`
	JSON string `json:"-"`
}

var (
	ctx   = context.Background()
	pool  *sql.DB
	queue atomic.Value
)

func call(sink string, event Event) error {
	if sink == "" {
		return nil
	}
	answer, err := http.Post(sink, "text/plain", strings.NewReader(event.ID))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the sink answered %d", answer.StatusCode)
	}
	return nil
}

func record(sink string, also func(*sql.Tx, Event) error) func(*sql.Tx, Event) error {
	return func(tx *sql.Tx, event Event) error {
		if also != nil {
			if err := also(tx, event); err != nil {
				return err
			}
		}
		if _, err := tx.Exec("INSERT INTO effects (id) VALUES ($1)", event.ID); err != nil {
			return err
		}
		return call(sink, event)
	}
}

func handle(pattern, sink string, event Event) (int, error) {
	outside := func(event Event) error { return call(sink, event) }
	if pattern == "redis" {
		conn, err := redis.DialURL(os.Getenv("REDIS_URL"))
		if err != nil {
			return 500, err
		}
		defer conn.Close()
		return claimInRedis(conn, event, outside)
	}
	db, err := pool.Conn(ctx)
	if err != nil {
		return 500, err
	}
	defer db.Close()
	switch pattern {
	case "claim":
		return claimAndApply(db, event, outside)
	case "queue":
		queue.Store(sink)
		return 200, enqueue(db, event)
	case "newest":
		return 200, applyOnce(db, event, record(sink, keepNewest))
	default:
		return 200, applyOnce(db, event, record(sink, nil))
	}
}

func serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	event := Event{JSON: string(body)}
	json.Unmarshal(body, &event)
	status, err := handle(r.URL.Path[1:], r.URL.Query().Get("sink"), event)
	if err != nil {
		status = 500
	}
	w.WriteHeader(status)
}

func work() {
	db, _ := pool.Conn(ctx)
	for {
		worked, _ := workOnce(db, func(tx *sql.Tx, event Event) error {
			return record(queue.Load().(string), nil)(tx, event)
		})
		if !worked {
			time.Sleep(20 * time.Millisecond)
		}
	}
}

func main() {
	queue.Store("")
	pool, _ = sql.Open("postgres", os.Getenv("DATABASE_URL")+"?sslmode=disable")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go work()
	go http.Serve(listener, http.HandlerFunc(serve))
	fmt.Printf("{\"port\":%d}\n", listener.Addr().(*net.TCPAddr).Port)
	io.Copy(io.Discard, os.Stdin)
}
