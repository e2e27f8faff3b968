// Runtime/Burst/BurstLoops.cs as C++: run.sh turns its few words that C++ lacks (BurstLoops.inc), and the types it uses stand here.
// Their fields are those of Runtime/Core/Kernels, in the same order.
#define null nullptr

namespace Recurrent
{
    enum class Nonlinearity { Tanh, ReLU, Sigmoid };

    struct Panels
    {
        static const int Lanes = 16;
        float* Data;
        int Row, Width, Block;

        float* Vector(int vector) { return Data + (long)(vector / Width) * Block + vector % Width * Lanes; }
    };

    struct Segment
    {
        float* A;
        int ARow, AInner, AOuter;
        Panels B;
        int BOuter, Inner, Outer;
    };

    struct Product
    {
        int Rows, Columns, Segments;
        Segment First, Second;
        Panels C;
        float* Bias;
        bool Accumulate;
    };

    struct GateStep
    {
        int Rows, Hidden;
        float* Gates;
        int PanelStride;
        float *CPrevious, *C, *HPrevious;
        int HPreviousRow;
        float* H;
        int HRow;
        float* DY;
        int DYRow;
        float *DH, *DC;
    };
}

#include "TanhFit.inc"
#include "BurstLoops.inc"

using namespace Recurrent;

extern "C"
{
    void Multiply(Product* p) { BurstLoops::Multiply(p); }
    void RnnForward(GateStep* s, Nonlinearity f) { BurstLoops::RnnForward(s, f); }
    void RnnBackward(GateStep* s, Nonlinearity f) { BurstLoops::RnnBackward(s, f); }
    void LstmForward(GateStep* s) { BurstLoops::LstmForward(s); }
    void LstmBackward(GateStep* s) { BurstLoops::LstmBackward(s); }
    void GruForward(GateStep* s) { BurstLoops::GruForward(s); }
    void GruBackward(GateStep* s) { BurstLoops::GruBackward(s); }
    void GruResetForward(GateStep* s, float* reset) { BurstLoops::GruResetForward(s, reset); }
    void GruCandidateForward(GateStep* s) { BurstLoops::GruCandidateForward(s); }
    void GruCandidateBackward(GateStep* s) { BurstLoops::GruCandidateBackward(s); }
    void GruResetBackward(GateStep* s, float* dReset) { BurstLoops::GruResetBackward(s, dReset); }
    void Activate(Nonlinearity f, float* x, float* y, int length) { BurstLoops::Activate(f, x, y, length); }
    void ActivateBackward(Nonlinearity f, float* y, float* dy, float* dx, int length) { BurstLoops::ActivateBackward(f, y, dy, dx, length); }
}
