/*
 * Runs the exported reader in OpenCV's dnn, as the inspector does.
 *
 * check_opencv MODEL INPUT WIDTH OUTPUT: raw float32 in, raw float32 out;
 * check.py compares them with what torch computes.
 */
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

static std::vector<uchar>
contents(const char *path)
{
	std::ifstream file(path, std::ios::binary);

	return {std::istreambuf_iterator<char>(file), {}};
}

int
main(int argc, char **argv)
{
	if (argc != 5)
		return 2;
	cv::setNumThreads(0);
	cv::dnn::Net net = cv::dnn::readNetFromONNX(contents(argv[1]));
	std::vector<uchar> input = contents(argv[2]);
	int shape[] = {1, 1, 32, std::atoi(argv[3])};

	cv::Mat blob(4, shape, CV_32F, input.data()), out;
	net.setInput(blob);
	out = net.forward();
	int64_t start = cv::getTickCount();
	for (int i = 0; i < 20; i++) {
		net.setInput(blob);
		out = net.forward();
	}
	std::printf("%d x %d x %d x %d  %.1f ms\n", out.size[0], out.size[1],
	    out.size[2], out.size[3], 50.0 * double(cv::getTickCount() -
	    start) / cv::getTickFrequency());
	std::ofstream(argv[4], std::ios::binary).write(
	    reinterpret_cast<char *>(out.data), long(out.total() * 4));
	return 0;
}
