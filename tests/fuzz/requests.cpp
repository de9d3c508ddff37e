// Made by hand; pictures are PNG files.
#include "tests/fuzz/requests.h"

#include "runtime/error.h"
#include "tests/datasets/files.h"

#include <opencv2/imgcodecs.hpp>

namespace fsd::testing {

std::vector<std::string> page_requests() {
    std::vector<std::string> all;
    const std::string here = "\n127.0.0.1:80\n";
    for (const char *page : {"", "main.js", "model", "nothing"}) {
        all.push_back(text("GET\n/token/", page, here, "\n\n\n"));
    }
    const Bytes image = png(9, 7, 3, 9);
    const std::string photo(image.begin(), image.end()), whole(784, '\x50'),
        masked = whole + std::string(784, '\1');
    for (const std::string &body : {whole, masked, whole.substr(1)}) {
        all.push_back(text("POST\n/token/picture", here, "http://localhost:80\n\n", body.size(), '\n', body));
    }
    for (const int colors : {1, 3}) {
        const Bytes fits = png(28, 28, colors, 9);
        all.push_back(text("POST\n/token/photo", here, "\n\n", fits.size(), '\n',
                           std::string(fits.begin(), fits.end())));
    }
    cv::Mat clear(28, 28, CV_8UC4, cv::Scalar(9, 9, 9, 0));
    for (const int side : {28, 14, 56}) {
        cv::Mat shown = clear.clone();
        shown(cv::Rect(0, 0, 14, 14)).setTo(cv::Scalar(9, 9, 9, 255));
        Bytes drawn;
        cv::imencode(".png", shown(cv::Rect(0, 0, std::min(side, 28), std::min(side, 28))), drawn);
        all.push_back(text("POST\n/token/photo", here, "\n\n", drawn.size(), '\n',
                           std::string(drawn.begin(), drawn.end())));
    }
    for (const char *head :
         {"GET\n/token/\nevil.example\n\n\n\n", "GET\n/token/\n127.0.0.1:80\nhttp://evil.example\n\n\n",
          "GET\n/other/\n127.0.0.1:80\n\n\n\n", "PUT\n/token/\n127.0.0.1:80\n\n\n\n",
          "GET\n/token/picture\n127.0.0.1:80\n\n\n\n", "GET\n/token/\n127.0.0.1:80\n\n\n5\n",
          "POST\n/token/picture\n127.0.0.1:80\n\n\nx\n", "POST\n/token/picture\n127.0.0.1:80\n\n\n99999\n",
          "GET\n/tok"}) {
        all.emplace_back(head);
    }
    all.push_back(text("POST\n/token/evidence", here, "\n\n784\n", whole));
    all.push_back(text("POST\n/token/photo", here, "\n\n", photo.size(), '\n', photo));
    all.push_back(text("POST\n/token/photo", here, "\nchunked\n\n", photo));
    return all;
}

std::vector<std::string> connections() {
    const std::string host = "Host: 127.0.0.1:80\r\n", end = "\r\n";
    std::vector<std::string> all = {"GET /token/ HTTP/1.1\r\n" + host + end,
                                    "GET /token/model HTTP/1.1\r\n" + host + end,
                                    "HEAD /token/main.js HTTP/1.1\r\n" + host + end,
                                    "GET /token/ HTTP/1.1\r\n" + end,
                                    "PUT /token/ HTTP/1.1\r\n" + host + end,
                                    "GET /token/picture HTTP/1.1\r\n" + host + end,
                                    "GET /other/ HTTP/1.1\r\n" + host + end,
                                    "GET /token/nothing HTTP/1.0\r\n" + host + end,
                                    "GET / HTTP/9.9\r\n",
                                    "nothing",
                                    "GET /token/ HTTP/1.1\r\n" + host + "Origin: http://evil.example\r\n" +
                                        end};
    const auto post = [&](const std::string &name, const std::string &length, const std::string &body) {
        all.push_back(
            text("POST /token/", name, " HTTP/1.1\r\n", host, "Content-Length: ", length, "\r\n\r\n", body));
    };
    const std::string picture(784, '\x50');
    post("picture", "784", picture);
    post("picture", "784", picture + all.front());
    post("picture", "784", "cut");
    post("picture", "783", picture.substr(1));
    post("picture", "9999", picture);
    post("picture", "x", picture);
    post("evidence", "784", picture);
    post("photo", "784", picture);
    post("", "3", "abc");
    all.push_back("POST /token/picture HTTP/1.1\r\n" + host +
                  "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
    return all;
}

}  // namespace fsd::testing
