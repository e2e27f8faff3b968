namespace Recurrent.Samples.Crowd
{
    /// <summary>A round place with a bell in its middle. Each ring of the bell runs outwards as a wave: high or low, by turns.</summary>
    public sealed class Plaza
    {
        /// <summary>Seconds of a step.</summary>
        public const float StepSeconds = 0.02f;

        /// <summary>How far from the middle the place ends.</summary>
        public const float Radius = 9f;

        private const float WaveSpeed = 6f, WaveWidth = 0.4f;

        /// <summary>How far the wave's front is from the bell; beyond the place when there is none.</summary>
        public float Front { get; private set; } = 2f * Radius;

        /// <summary>1 for a high ring, -1 for a low one, 0 before the first.</summary>
        public int Pitch { get; private set; }

        /// <summary>Rings the bell.</summary>
        /// <param name="pitch">1 or -1.</param>
        public void Ring(int pitch)
        {
            Pitch = pitch;
            Front = 0f;
        }

        /// <summary>A step goes by.</summary>
        public void Step()
        {
            if (Front <= Radius + WaveWidth) Front += WaveSpeed * StepSeconds;
        }

        /// <summary>What is heard at a distance from the bell: the pitch while the wave goes by, for three or four steps, and 0 otherwise.</summary>
        public int Heard(float distance) => distance <= Front && distance > Front - WaveWidth ? Pitch : 0;
    }
}
