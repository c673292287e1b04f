/*
 * Writes dlib's detector as a C source, while building: what makes it in the
 * library unpacks a compressed text for most of a second, each time a program
 * starts; what dlib has written itself it reads in two thousandths.
 *
 *     detector_write OUT
 */
#include <fstream>
#include <sstream>
#include <string>

/* As in faces.cpp. */
#include <dlib/assert.h>
#include <dlib/test_for_odr_violations.h>
#undef DLIB_USE_BLAS
#undef DLIB_USE_LAPACK
#include <dlib/image_processing/frontal_face_detector.h>

static const size_t in_a_line = 12;

static void
put_bytes(std::ostream &out, const std::string &bytes)
{
	for (size_t i = 0; i < bytes.size(); i++)
		out << static_cast<unsigned>(
		    static_cast<unsigned char>(bytes[i])) <<
		    (i % in_a_line == in_a_line - 1 ? ",\n" : ",");
}

int
main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	std::ostringstream bytes;
	dlib::serialize(dlib::get_frontal_face_detector(), bytes);
	std::ofstream out(argv[1]);
	out << "#include \"vision/film/detector.h\"\n\n"
	    "const unsigned char detector_bytes[] = {\n";
	put_bytes(out, bytes.str());
	out << "};\nconst size_t detector_size = sizeof(detector_bytes);\n";
	return out.flush() ? 0 : 1;
}
