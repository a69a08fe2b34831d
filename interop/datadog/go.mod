module tscollector/interop/datadog

go 1.26.0

require github.com/DataDog/agent-payload/v5 v5.0.215

require github.com/gogo/protobuf v1.3.2 // indirect
