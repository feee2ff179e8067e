package svg

import "strings"

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// elements are those that draw. What runs, moves, links or brings in something
// else is not among them.
var elements = set(`svg g defs symbol use title desc style path rect circle ellipse line polyline polygon text tspan textPath
	linearGradient radialGradient stop clipPath mask pattern marker filter feBlend feColorMatrix feComponentTransfer feComposite
	feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
	feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`)

// texts are the elements whose text is kept.
var texts = set("title desc text tspan textPath")

// names are the attributes that are kept.
var names = set(`id class style d x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy width height viewBox preserveAspectRatio points transform version
	gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity clipPathUnits maskUnits maskContentUnits patternUnits
	patternContentUnits patternTransform markerUnits markerWidth markerHeight orient refX refY pathLength rotate textLength lengthAdjust
	startOffset method spacing side fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
	stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip clip-path clip-rule mask filter
	marker marker-start marker-mid marker-end font-family font-size font-weight font-style font-variant font-stretch text-anchor
	text-decoration letter-spacing word-spacing writing-mode direction dominant-baseline alignment-baseline baseline-shift
	text-rendering shape-rendering image-rendering color-interpolation color-interpolation-filters color-rendering paint-order
	vector-effect mix-blend-mode isolation flood-color flood-opacity lighting-color in in2 result mode type values
	tableValues slope intercept amplitude exponent operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode
	preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent scale xChannelSelector yChannelSelector azimuth
	elevation z pointsAtX pointsAtY pointsAtZ limitingConeAngle stdDeviation radius baseFrequency numOctaves seed stitchTiles
	filterUnits primitiveUnits role aria-label aria-hidden`)
