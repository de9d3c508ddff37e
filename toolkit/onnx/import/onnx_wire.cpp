// Walks over the fields as the message's own description names them; takes no memory.
#include "toolkit/onnx/import/onnx_wire.h"

#include "runtime/error.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

namespace fsd {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using Stream = google::protobuf::io::CodedInputStream;

constexpr int most_nesting = 32;
constexpr int most_objects = 1000000;
constexpr int64_t most_packed_bytes = int64_t(1) << 27;  // a byte becomes a number of up to 8

[[noreturn]] void refuse(const std::string &sentence) {
    throw Error(ExitCode::bad_input, "This is no ONNX model: " + sentence);
}

struct WireWalk {
    Stream &stream;
    int objects = 0;
    int64_t packed_bytes = 0;

    void count() {
        if (++objects > most_objects) {
            refuse(text("it consists of more than ", most_objects, " messages and texts."));
        }
    }

    void count_packed(int64_t bytes) {
        packed_bytes += bytes;
        if (packed_bytes > most_packed_bytes) {
            refuse(text("its lists of numbers have more than ", most_packed_bytes,
                        " bytes; store tensors as raw data, as every writer does."));
        }
    }

    // A field without a length: one number, or an element of a list that is not packed.
    void step_over(const FieldDescriptor *field) {
        if (!field || !field->is_packable()) {
            count();
        } else {
            count_packed(1);
        }
    }

    // A field with a length: a message to walk through, or bytes to step over.
    void enter(const FieldDescriptor *field, int depth) {
        uint32_t length = 0;
        if (!stream.ReadVarint32(&length) || int64_t(length) > int64_t(stream.BytesUntilLimit())) {
            refuse("a field is longer than what is left of the file.");
        }
        const bool is_message = field && field->type() == FieldDescriptor::TYPE_MESSAGE;
        if (!field || !field->is_packable()) {
            count();
        } else {
            count_packed(length);
        }
        if (!is_message) {
            stream.Skip(static_cast<int>(length));
            return;
        }
        const Stream::Limit limit = stream.PushLimit(static_cast<int>(length));
        message(*field->message_type(), depth + 1);
        stream.PopLimit(limit);
    }

    bool skips_number(WireFormatLite::WireType kind) {
        uint64_t skipped = 0;
        return kind == WireFormatLite::WIRETYPE_VARINT    ? stream.ReadVarint64(&skipped)
               : kind == WireFormatLite::WIRETYPE_FIXED32 ? stream.Skip(4)
               : kind == WireFormatLite::WIRETYPE_FIXED64 ? stream.Skip(8)
                                                          : false;
    }

    void message(const Descriptor &type, int depth) {
        if (depth > most_nesting) {
            refuse(text("its messages are nested deeper than ", most_nesting, " levels."));
        }
        while (stream.BytesUntilLimit() > 0) {
            const uint32_t tag = stream.ReadTag();
            const int number = WireFormatLite::GetTagFieldNumber(tag);
            const FieldDescriptor *const field = number > 0 ? type.FindFieldByNumber(number) : nullptr;
            const auto kind = WireFormatLite::GetTagWireType(tag);
            if (number > 0 && kind == WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
                enter(field, depth);
            } else if (number > 0 && skips_number(kind)) {
                step_over(field);
            } else {
                refuse("a field of it is cut off or of no type that ONNX has.");
            }
        }
    }
};

}  // namespace

void check_wire(const std::string &bytes, const Descriptor &type) {
    Stream stream(reinterpret_cast<const uint8_t *>(bytes.data()), static_cast<int>(bytes.size()));
    stream.SetTotalBytesLimit(static_cast<int>(bytes.size()));
    const Stream::Limit limit = stream.PushLimit(static_cast<int>(bytes.size()));
    WireWalk{stream}.message(type, 0);
    stream.PopLimit(limit);
}

}  // namespace fsd
