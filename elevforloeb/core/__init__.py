"""The cellar: dates, periods, rules, history, access log and outbox. Knows no word of the trainee domain."""
