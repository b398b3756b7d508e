package main

import (
	"reflect"
	"strings"

	"github.com/cosmos/gogoproto/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// method is one query of a module's gRPC service, found by its path.
type method struct {
	request, response reflect.Type
}

// findMethod resolves "/cosmos.bank.v1beta1.Query/Balance" to its message types.
func findMethod(path string) (method, error) {
	service, name, isPath := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if !isPath || !strings.HasPrefix(path, "/") {
		return method{}, refuse("unknown_query", "%q is not a path like /package.Service/Method", path)
	}
	descriptor, err := proto.HybridResolver.FindDescriptorByName(protoreflect.FullName(service))
	if err != nil {
		return method{}, refuse("unknown_query", "no service is called %q", service)
	}
	serviceDescriptor, isService := descriptor.(protoreflect.ServiceDescriptor)
	if !isService {
		return method{}, refuse("unknown_query", "%q is not a service", service)
	}
	found := serviceDescriptor.Methods().ByName(protoreflect.Name(name))
	if found == nil {
		return method{}, refuse("unknown_query", "service %s has no method %q", service, name)
	}
	m := method{
		request:  proto.MessageType(string(found.Input().FullName())),
		response: proto.MessageType(string(found.Output().FullName())),
	}
	if m.request == nil || m.response == nil {
		return method{}, refuse("unknown_query", "the types of %s are not registered", path)
	}
	return m, nil
}

func (m method) newRequest() proto.Message {
	return reflect.New(m.request.Elem()).Interface().(proto.Message)
}
func (m method) newResponse() proto.Message {
	return reflect.New(m.response.Elem()).Interface().(proto.Message)
}
