// The stages of the sums of a grouped convolution and of its gradient with respect to the features.
//
// Channels are blocks of parts, one part beside the other in a vector. A block is a group, whose outputs all
// read the same inputs. In a depthwise convolution, where a group has one input and one output, there is one
// block, all of whose parts read an input of their own.
#pragma once

#include "generators/channel_map.h"
#include "generators/evidence.h"

#include <functional>

namespace fsd {

// The channels of a grouped convolution, given the extents of its weights.
struct ChannelGroups {
    Halide::Expr groups, outputs, group_inputs;

    Halide::Expr inputs() const { return groups * group_inputs; }
    Halide::Expr group_outputs() const { return outputs / groups; }
    Halide::Expr are_depthwise() const { return group_inputs == 1 && outputs == groups; }
    Halide::Expr blocks() const { return select(are_depthwise(), 1, groups); }

    // Makes the kernel refuse numbers of channels that do not belong together.
    void require(Halide::Internal::GeneratorBase &generator, const Halide::Expr &found_inputs) const {
        generator.add_requirement(
            groups >= 1 && found_inputs == inputs() && outputs % groups == 0, outputs, " outputs of ",
            group_inputs, " inputs each do not make ", groups, " groups over ", found_inputs,
            " inputs; the groups must divide the outputs, and the inputs per group times "
            "the groups must be the inputs.");
    }
};

class GroupedSums {
public:
    using Weight = std::function<Halide::Expr(Halide::Expr part, Halide::Expr term, Halide::Expr window_x,
                                              Halide::Expr window_y, Halide::Expr block)>;
    using Place = std::function<Halide::Expr(Halide::Expr site, Halide::Expr offset)>;

    // Set before define().
    Halide::Expr are_depthwise;
    Halide::Expr parts, blocks, terms;  // terms: channels of a block that are read, per place of the window
    Halide::Expr window_x, window_y;

    Halide::Var part{"part"}, block{"block"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::Var term{"term"}, offset_x{"offset_x"}, offset_y{"offset_y"};
    Halide::RDom places;    // of a sum: term, window_x, window_y
    Halide::RDom channels;  // part, block
    Halide::Func filters{
        "filters"};             // part, term, offset_x, offset_y, block; parts behind the last one repeat it
    ChannelMap map;             // what is read, defined by the operator
    Halide::Func sum{"sum"};    // part, block, x, y, sample
    Halide::Func sums{"sums"};  // the same

    // column, row: the place in the map of a site at an offset of the window.
    void define(const Weight &weight, const Place &column, const Place &row) {
        filters(part, term, offset_x, offset_y, block) =
            weight(clamp(part, 0, parts - 1), term, offset_x, offset_y, block);
        places = Halide::RDom(0, terms, 0, window_x, 0, window_y, "places");
        channels = Halide::RDom(0, parts, 0, blocks, "channels");
        const Halide::Expr channel = select(are_depthwise, part, places.x + terms * block);
        sum(part, block, x, y, sample) = 0.f;
        sum(part, block, x, y, sample) += filters(part, places.x, places.y, places.z, block) *
                                          map.func(channel, column(x, places.y), row(y, places.z), sample);
        sums(part, block, x, y, sample) = sum(part, block, x, y, sample);
    }

    // map(channel, x, y, sample) = value(channel, its sum), for our schedules one channel after the other.
    using Value = std::function<Halide::Expr(const Halide::Expr &channel, const Halide::Expr &sum)>;
    void define_map(Halide::Func map_of_sums, const std::vector<Halide::Var> &axes,
                    const Value &value) const {
        const Halide::Var &channel_ = axes[0], &site_x = axes[1], &site_y = axes[2], &of_sample = axes[3];
        if (PlainFormulas::are_wanted()) {
            map_of_sums(axes) =
                value(channel_, sums(channel_ % parts, channel_ / parts, site_x, site_y, of_sample));
            return;
        }
        map_of_sums(axes) = Halide::undef<float>();
        map_of_sums(channel(), site_x, site_y, of_sample) =
            value(channel(), sums(channels.x, channels.y, site_x, site_y, of_sample));
    }

private:
    // The channel of an update over `channels`, in the order of blocks.
    Halide::Expr channel() const {
        return Halide::unsafe_promise_clamped(channels.x + parts * channels.y, 0, parts * blocks - 1);
    }
};

}  // namespace fsd
